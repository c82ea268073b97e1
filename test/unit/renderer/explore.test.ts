import { describe, expect, test } from 'vitest';
import { csvOf, jsonOf } from '../../../renderer/features/explore/export-text.ts';
import { addSearchEvent, NOTHING_SEARCHED } from '../../../renderer/features/explore/search-state.ts';
import { placesAbove, treeId, treeRows } from '../../../renderer/features/explore/tree-model.ts';
import { targetArgument, targetOf, targetText } from '../../../shared/command/target.ts';
import type { SearchEvent, SearchMatch } from '../../../shared/model/search.ts';
import type { Target } from '../../../shared/model/target.ts';
import { keyPattern } from '../../../shared/order/key-path.ts';

describe('tree', () => {
  const branch = (...names: string[]) => ({
    children: names.map((name) => ({ name, hasChildren: name !== 'leaf' })),
    more: false,
  });
  const seen = (state: Parameters<typeof treeRows>[0]) =>
    treeRows(state).map(
      (row) => `${'  '.repeat(row.depth)}${row.row === 'more' ? '…' : (row.key.at(-1) ?? '/')}`,
    );

  test('shows what is open, children below their parents', () => {
    const expanded = new Set([treeId([]), treeId(['b'])]);
    const branches = new Map([
      [treeId([]), branch('a', 'b', 'leaf')],
      [treeId(['b']), branch('x')],
    ]);
    expect(seen({ expanded, branches, current: [] })).toEqual(['/', '  a', '  b', '    x', '  leaf']);
    const [root, , b, , leaf] = treeRows({ expanded, branches, current: [] });
    expect([root, b, leaf]).toMatchObject([
      { expanded: true, expandable: true },
      { expanded: true },
      { expanded: false, expandable: false },
    ]);
  });

  test('where one is stands in it, even beyond the children that it lists', () => {
    const expanded = new Set(placesAbove(['wide', 'z-900000', 'deep']).map(treeId));
    const branches = new Map([
      [treeId([]), branch('wide')],
      [treeId(['wide']), { ...branch('a', 'b'), more: true }],
      [treeId(['wide', 'z-900000']), branch('deep')],
    ]);
    expect(seen({ expanded, branches, current: ['wide', 'z-900000', 'deep'] })).toEqual([
      '/',
      '  wide',
      '    a',
      '    b',
      '    z-900000',
      '      deep',
      '    …',
    ]);
  });

  test('an open place that has not come yet is told to be loading', () => {
    const state = { expanded: new Set([treeId([])]), branches: new Map(), current: [] };
    expect(treeRows(state)).toMatchObject([{ loading: true }]);
  });
});

describe('export', () => {
  const children = [
    { name: 'plain', kind: 'znode', bytes: 3, hasChildren: false },
    { name: 'a,"b"\nc' },
    { name: '=cmd()' },
  ];

  test('CSV quotes what needs it and is never a formula', () => {
    expect(csvOf(['top'], children).split('\r\n')).toEqual([
      'name,path,kind,bytes,hasChildren',
      'plain,/top/plain,znode,3,false',
      '"a,""b""\nc","/top/a,""b""\nc",,,',
      "'=cmd(),/top/=cmd(),,,",
      '',
    ]);
  });

  test('JSON has the entries that were read', () => {
    const entry = { kind: 'znode', key: ['top', 'plain'], content: {}, observed: {}, valueSize: 3 };
    expect(JSON.parse(jsonOf(['top'], children.slice(0, 2), new Map([['plain', entry]])))).toEqual({
      path: '/top',
      children: [
        { ...children[0], path: '/top/plain', entry },
        { ...children[1], path: '/top/a,"b"\nc', entry: null },
      ],
    });
  });
});

test('a search adds up what it finds', () => {
  const match: SearchMatch = { key: ['a'], within: 'name' };
  const events: SearchEvent[] = [
    { event: 'found', matches: [match] },
    { event: 'progress', searched: 100 },
    { event: 'found', matches: [match, match] },
    { event: 'ended', searched: 250, found: 3, more: true, unread: 2 },
  ];
  const ended = events.reduce(addSearchEvent, NOTHING_SEARCHED);
  expect(ended).toEqual({
    searched: 250,
    matches: [match, match, match],
    ended: true,
    more: true,
    unread: 2,
  });
});

describe('targets as texts', () => {
  const targets: Target[] = [
    { of: 'point', point: '00ff', service: 'ZooKeeper' },
    { of: 'point', point: '00ff' },
    { of: 'undo', run: 'aa11', service: 'Kafka-2' },
    { of: 'file', path: '/a b/0_Kafka.tar.gz' },
    { of: 'cluster', cluster: "lab's", service: 'ZooKeeper' },
    { of: 'cluster', cluster: 'lab' },
  ];

  test.each(targets)('%j is read back from its link', (target) => {
    expect(targetOf(targetText(target))).toEqual(target);
  });

  test('what is no target is none', () => {
    for (const text of ['', 'point:', 'lab', 'storage:x']) expect(targetOf(text)).toBeUndefined();
  });

  test('commands take them', () => {
    expect(targets.map(targetArgument)).toEqual([
      '00ff',
      '00ff',
      'undo:aa11',
      '/a b/0_Kafka.tar.gz',
      "cluster:lab's/ZooKeeper",
      'cluster:lab',
    ]);
    expect(targetArgument({ of: 'file', path: 'a.tar.gz' })).toBe('file:a.tar.gz');
  });
});

test('the pattern of a key takes nothing but it', () => {
  expect(keyPattern(['a*', 'b/c', 'd\\?'])).toBe('/a\\*/b\\/c/d\\\\\\?');
  expect(keyPattern([])).toBe('/');
});
