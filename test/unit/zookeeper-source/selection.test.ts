import { describe, expect, it } from 'vitest';
import type { RestoreRequest } from '../../../main/sources/contract.ts';
import { keyOf, pathOf } from '../../../main/sources/zookeeper/paths.ts';
import { type Scope, scopeAt } from '../../../main/sources/zookeeper/scope.ts';
import {
  affectedSelection,
  outermostRoots,
  restoreMapping,
  selectionScope,
  watchedRoots,
} from '../../../main/sources/zookeeper/selection.ts';

function covers(scope: Scope, path: string): 'selected' | 'above' | 'outside' {
  const at = scopeAt(scope, keyOf(path));
  if (at.selected) return 'selected';
  return at.below ? 'above' : 'outside';
}

const whole = { roots: ['/'], include: [], exclude: [] };

describe('a selection', () => {
  it('covers its subtrees, and knows what lies above them', () => {
    const scope = selectionScope({ ...whole, roots: ['/a/b', '/c'] }, '');
    expect(['/', '/a', '/a/b', '/a/b/x/y', '/a/x', '/c', '/d'].map((path) => covers(scope, path))).toEqual([
      'above',
      'above',
      'selected',
      'selected',
      'outside',
      'selected',
      'outside',
    ]);
    expect(scope.names).toEqual(['a', 'c']);
  });

  it('leaves out what is excluded, with all below', () => {
    const scope = selectionScope({ ...whole, exclude: ['/**/locks', '/tmp/.'] }, '');
    expect(['/a', '/a/locks', '/a/locks/1', '/tmp', '/tmp/x'].map((path) => covers(scope, path))).toEqual([
      'selected',
      'outside',
      'outside',
      'above',
      'selected',
    ]);
  });

  it('takes only what is included', () => {
    const scope = selectionScope({ roots: ['/k'], include: ['/k/topics/o-*'], exclude: [] }, '');
    expect(
      ['/k', '/k/topics', '/k/topics/o-1/p', '/k/topics/p', '/k/x'].map((path) => covers(scope, path)),
    ).toEqual(['above', 'above', 'selected', 'outside', 'outside']);
  });

  it('has of the servers’ own nodes only the quotas, but below a chroot the name is free', () => {
    const paths = [
      '/zookeeper',
      '/zookeeper/config',
      '/zookeeper/quota',
      '/zookeeper/quota/a/zookeeper_limits',
    ];
    expect(paths.map((path) => covers(selectionScope(whole, ''), path))).toEqual([
      'above',
      'outside',
      'selected',
      'selected',
    ]);
    expect(paths.map((path) => covers(selectionScope(whole, '/x'), path))).toEqual(
      paths.map(() => 'selected'),
    );
  });

  it('does not count a subtree within another twice', () => {
    expect(outermostRoots({ ...whole, roots: ['/a/b', '/a', '/ab', '/a'] }).map(pathOf)).toEqual([
      '/a',
      '/ab',
    ]);
  });

  it('is watched no higher than it has to be', () => {
    const watched = (roots: string[], include: string[]) =>
      watchedRoots({ roots, include, exclude: [] }).map(pathOf);
    expect(watched(['/'], [])).toEqual(['/']);
    expect(watched(['/'], ['/a/b/*', '/c'])).toEqual(['/a/b', '/c']);
    expect(watched(['/a'], ['/**/x'])).toEqual(['/a']);
    expect(watched(['/a'], ['/b'])).toEqual([]);
  });
});

describe('a restore', () => {
  const request = (select: string[], into?: string): RestoreRequest =>
    into === undefined ? { select, mode: 'equal' } : { select, into, mode: 'equal' };

  it('covers what both the point and the request have', () => {
    const { scope } = restoreMapping(
      { roots: ['/a'], include: [], exclude: ['/a/no'] },
      request(['/a/*/x', '/b']),
      '',
    );
    expect(['/a', '/a/1', '/a/1/x', '/a/1/y', '/a/no/x', '/b'].map((path) => covers(scope, path))).toEqual([
      'above',
      'above',
      'selected',
      'outside',
      'outside',
      'outside',
    ]);
  });

  it('moves what lies below the common root', () => {
    const { scope, from, into, moved } = restoreMapping(whole, request(['/a/b/c', '/a/b/d/*'], '/x'), '');
    expect([pathOf(from), pathOf(into), moved]).toEqual(['/a/b', '/x', true]);
    expect(
      ['/', '/x', '/x/c', '/x/d', '/x/d/1', '/x/e', '/a/b/c'].map((path) => covers(scope, path)),
    ).toEqual(['above', 'above', 'selected', 'above', 'selected', 'outside', 'outside']);
  });

  it.each<[object, RestoreRequest, object]>([
    [whole, request([]), { include: ['/'] }],
    [{ ...whole, roots: ['/a', '/b'] }, request([]), { include: ['/a', '/b'] }],
    [{ ...whole, exclude: ['/x/y'] }, request(['/x']), { include: ['/x'], exclude: ['/x/y'] }],
    [whole, request(['/a/b'], '/c*'), { include: ['/c\\*'] }],
    [whole, request([], '/c'), { include: ['/c'] }],
    [
      { ...whole, exclude: ['/a/b/n', '/q'] },
      request(['/a/b/*'], '/c'),
      { include: ['/c/*'], exclude: ['/c/n'] },
    ],
  ])('%j restored by %j needs an undo point of %j', (selection, asked, expected) => {
    const point = { ...selection } as { roots: string[]; include: string[]; exclude: string[] };
    expect(affectedSelection(point, asked)).toEqual({ roots: ['/'], include: [], exclude: [], ...expected });
  });
});
