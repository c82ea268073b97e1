import { z } from 'zod';
import type { JsonObject } from '../../../shared/model/entry.ts';
import { field } from '../../../shared/options/field.ts';
import { validate } from '../../../shared/options/parse.ts';
import { compareKeys, isWithin, type Key } from '../../../shared/order/key.ts';
import type { RestoreRequest } from '../contract.ts';
import { commonPrefix, keyOf, pathOf } from './paths.ts';
import { literalPrefix, matchKeys, matchPatterns, quotePattern, rebasePattern } from './patterns.ts';
import { coverScope, type Scope, scopeAt, scopeAtPath, withoutSystemNodes } from './scope.ts';

const path = z
  .string()
  .regex(/^\/(?:[^/]+(?:\/[^/]+)*)?$/, 'a path starts with a slash and ends without one');

/** What to capture of a ZooKeeper. */
export const zookeeperSelection = z.object({
  roots: field(z.array(path).min(1).default(['/']), {
    label: { en: 'Subtrees', zh: '子树' },
    help: { en: 'Paths whose nodes are captured with all below.', zh: '要备份的路径及其下所有节点。' },
    widget: 'subtrees',
    example: '/kafka',
  }),
  include: field(z.array(z.string()).default([]), {
    label: { en: 'Only', zh: '仅包含' },
    help: {
      en: 'Patterns: * within a name, ** any depth. A match is taken with all below it; ending in /. the node alone. None: everything.',
      zh: '匹配模式：* 匹配名称内字符，** 匹配任意层级。匹配项包含其下全部节点；以 /. 结尾仅含节点本身。留空表示全部。',
    },
    example: '/brokers/topics/orders-*',
  }),
  exclude: field(z.array(z.string()).default([]), {
    label: { en: 'But not', zh: '排除' },
    help: {
      en: 'Patterns as above; what they match is left out with all below.',
      zh: '模式同上；匹配项及其下节点将被排除。',
    },
    example: '/**/locks',
  }),
});

export type ZooKeeperSelection = z.infer<typeof zookeeperSelection>;

/** @throws HoldfastError `general.invalid-input` for anything but a selection. */
export function parseSelection(selection: JsonObject): ZooKeeperSelection {
  return validate(zookeeperSelection, selection, 'ZooKeeper selection');
}

/** Roots without those that lie below another. */
export function outermostRoots(selection: ZooKeeperSelection): readonly Key[] {
  return outermost(selection.roots.map(keyOf));
}

function outermost(keys: readonly Key[]): readonly Key[] {
  const sorted = keys.toSorted(compareKeys);
  return sorted.filter((key, i) => i === 0 || !sorted.slice(0, i).some((other) => isWithin(key, other)));
}

/** Paths at or below which everything lies that the selection covers. */
export function watchedRoots(selection: ZooKeeperSelection): readonly Key[] {
  const roots = outermostRoots(selection);
  if (selection.include.length === 0) return roots;
  const prefixes = selection.include.map(literalPrefix);
  const meeting = prefixes.flatMap((prefix) =>
    roots.map((root) => (isWithin(prefix, root) ? prefix : root)).filter((key) => isWithin(key, prefix)),
  );
  return outermost(meeting);
}

/** What a selection covers; `chroot` is the connection's, empty for none. */
export function selectionScope(selection: ZooKeeperSelection, chroot: string): Scope {
  return guarded(pointScope(selection, []), chroot);
}

/** How a restore maps a point onto the live tree. */
export interface Mapping {
  /** What is covered, in live keys. */
  readonly scope: Scope;
  /** Where the covered part lies in the point. */
  readonly from: Key;
  /** Where it goes to. The same as `from` unless it is put elsewhere. */
  readonly into: Key;
  readonly moved: boolean;
}

/** @throws HoldfastError `general.invalid-input` for patterns or a target that are none. */
export function restoreMapping(pointSelection: JsonObject, request: RestoreRequest, chroot: string): Mapping {
  const selection = parseSelection(pointSelection);
  const from = coveredRoot(selection, request);
  const into = request.into === undefined ? from : keyOf(validate(path, request.into, 'Restore target'));
  const moved = request.into !== undefined && pathOf(into) !== pathOf(from);
  const covered = pointScope(selection, request.select);
  const scope = moved ? scopeAtPath(into, scopeAt(covered, from)) : covered;
  return { scope: guarded(scope, chroot), from, into, moved };
}

/**
 * The selection of everything that a restore may change: exact, but where a pattern cannot be written for the new
 * place or two lists of patterns apply at once. Then it covers more. It has patterns instead of subtrees, as what is to
 * be restored may not be there yet.
 */
export function affectedSelection(pointSelection: JsonObject, request: RestoreRequest): ZooKeeperSelection {
  const selection = parseSelection(pointSelection);
  const { from, into, moved } = restoreMapping(pointSelection, request, '');
  const wanted = wantedPatterns(selection, request);
  if (!moved) return { roots: ['/'], include: [...wanted], exclude: selection.exclude };
  const include = wanted.map((pattern) => rebasePattern(pattern, from, into));
  const exclude = selection.exclude.map((pattern) => rebasePattern(pattern, from, into));
  return {
    roots: ['/'],
    include: include.every((pattern) => pattern !== undefined) ? include : [patternOf(into)],
    exclude: exclude.filter((pattern) => pattern !== undefined),
  };
}

function wantedPatterns(selection: ZooKeeperSelection, { select }: RestoreRequest): readonly string[] {
  if (select.length > 0) return select;
  const roots = outermostRoots(selection);
  const whole = roots.some((root) => root.length === 0);
  return whole && selection.include.length > 0 ? selection.include : roots.map(patternOf);
}

function patternOf(key: Key): string {
  return pathOf(key.map(quotePattern));
}

/** The deepest node that everything asked for lies at or below. */
function coveredRoot(selection: ZooKeeperSelection, { select }: RestoreRequest): Key {
  return select.length > 0
    ? commonPrefix(select.map(literalPrefix))
    : commonPrefix(selection.roots.map(keyOf));
}

function pointScope(selection: ZooKeeperSelection, select: readonly string[]): Scope {
  const lists = [selection.include, select].filter((list) => list.length > 0);
  return coverScope(
    [matchKeys(outermostRoots(selection)), ...lists.map(matchPatterns)],
    matchPatterns(selection.exclude),
  );
}

function guarded(scope: Scope, chroot: string): Scope {
  return chroot === '' ? withoutSystemNodes(scope) : scope;
}
