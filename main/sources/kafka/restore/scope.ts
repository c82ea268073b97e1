import { HoldfastError } from '../../../../shared/errors/error.ts';
import type { Text } from '../../../../shared/errors/text.ts';
import { detail } from '../../../../shared/messages/details.ts';
import type { Key } from '../../../../shared/order/key.ts';
import type { RestoreRequest } from '../../contract.ts';
import { BRANCHES, type Branch } from '../keys.ts';
import { matchNames, type NameMatch } from '../patterns.ts';
import { type KafkaSelection, selectionCovers } from '../selection.ts';

/*
 * A restore's patterns are keys with wildcards: `topics/orders-*`, `groups/billing`, `acls/TOPIC`, `configs/broker/3`.
 * Each component is a pattern as in the selection; a slash that belongs to a name is written `\/`. A pattern takes what
 * it matches with everything below: `groups/billing` with its offsets, `groups/billing/orders` only those in a topic.
 */

/** What a restore covers of a point and of the live cluster. */
export interface RestoreScope {
  /** Covers everything that may be changed, and where two lists of patterns apply at once more than that. */
  readonly affected: KafkaSelection;
  covers(key: Key): boolean;
}

/** @throws HoldfastError `general.invalid-input` for patterns that are none, and for a request to put things elsewhere */
export function restoreScope(selection: KafkaSelection, request: RestoreRequest): RestoreScope {
  if (request.into !== undefined) {
    throw invalid(detail('restore-target'), detail('no-other-name'));
  }
  const patterns = request.select.map(parsePattern);
  const selected = selectionCovers(selection);
  return {
    affected: affectedSelection(selection, patterns),
    covers: (key) => selected(key) && (patterns.length === 0 || patterns.some((each) => matches(each, key))),
  };
}

interface KeyPattern {
  /** As they were written. */
  readonly texts: readonly string[];
  readonly components: readonly NameMatch[];
}

function parsePattern(text: string): KeyPattern {
  const texts = components(text);
  const pattern = { texts, components: texts.map((each) => matchNames([each])) };
  if (!BRANCHES.some((branch) => pattern.components[0]?.(branch) === true)) {
    throw invalid(
      detail('pattern', { pattern: text }),
      detail('no-branch', { branches: BRANCHES.join(', ') }),
    );
  }
  return pattern;
}

/** Cuts at slashes that are not quoted. One at the beginning or the end means nothing. */
function components(text: string): readonly string[] {
  return text.match(/(?:\\[\s\S]|[^\\/])+|\\$/g) ?? [];
}

function matches({ components: wanted }: KeyPattern, key: Key): boolean {
  return wanted.length <= key.length && wanted.every((match, i) => match(key[i] ?? ''));
}

function affectedSelection(selection: KafkaSelection, patterns: readonly KeyPattern[]): KafkaSelection {
  if (patterns.length === 0) return selection;
  return {
    ...selection,
    kinds: selection.kinds.filter((branch) => patterns.some(({ components: [first] }) => first?.(branch))),
    topics: namesBelow('topics', patterns) ?? selection.topics,
    groups: namesBelow('groups', patterns) ?? selection.groups,
  };
}

/** The patterns of names in a branch; undefined where all of it is asked for, or nothing. */
function namesBelow(branch: Branch, patterns: readonly KeyPattern[]): string[] | undefined {
  const own = patterns.filter(({ components: [first] }) => first?.(branch));
  const names = own.map(({ texts }) => texts[1]).filter((name) => name !== undefined);
  return own.length === 0 || names.length < own.length ? undefined : names;
}

function invalid(what: Text, problem: Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what, problem });
}
