import { expect, test } from 'vitest';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import {
  archiveProof,
  contentProof,
  differencesProof,
  nextNumberProof,
  sequenceProof,
  untouchedProof,
} from '../../demo/zookeeper/proofs.ts';
import { type Tree, treeOf } from '../../demo/zookeeper/tree.ts';
import type { ForeignZnode } from '../../foreign/zookeeper.ts';

const OPEN = [{ perms: 31, scheme: 'world', id: 'anyone' }];

function znode(path: string, facts: Partial<ForeignZnode> = {}): ForeignZnode {
  return {
    path,
    data: 'AAAA',
    acl: OPEN,
    ephemeralOwner: '0',
    version: 0,
    cversion: 0,
    aversion: 0,
    numChildren: 0,
    dataLength: 3,
    czxid: '1',
    mzxid: '1',
    pzxid: '1',
    ctime: 1,
    mtime: 1,
    ...facts,
  };
}

const tree = (...znodes: ForeignZnode[]): Tree => treeOf(znodes);
const ephemeral = znode('/e', { ephemeralOwner: '72057' });

const content = (before: Tree, after: Tree) => contentProof('restored', 'filled', before, after);

test('a restored tree is proved equal whatever its versions, times and ephemeral znodes', () => {
  const before = tree(znode('/a'), znode('/b', { data: null }), ephemeral, znode('/zookeeper/quota'));
  const after = tree(
    znode('/a', { version: 7, mzxid: '99', mtime: 99 }),
    znode('/b', { data: null, czxid: '98' }),
    znode('/zookeeper/config'),
  );
  expect(content(before, after)).toMatchObject({
    equal: true,
    facts: { znodes: 2, differences: 0, ephemeralsNotRestored: 1 },
  });
});

test.each<[string, ForeignZnode[], string]>([
  ['a znode that is missing', [], 'removed /a'],
  ['a changed byte', [znode('/a', { data: 'AAAB' })], 'changed /a data'],
  ['empty instead of the same data', [znode('/a', { data: '' })], 'changed /a data'],
  ['a lost right', [znode('/a', { acl: [{ perms: 15, scheme: 'world', id: 'anyone' }] })], 'changed /a acl'],
  ['a second entry in the ACL', [znode('/a', { acl: [...OPEN, ...OPEN] })], 'changed /a acl'],
  ['something left behind', [znode('/a'), znode('/junk')], 'added /junk'],
])('%s fails the proof and is named', (_, after, difference) => {
  expect(content(tree(znode('/a')), tree(...after))).toMatchObject({
    equal: false,
    differences: [difference],
  });
});

test('null and empty data are different', () => {
  const [none, empty] = [tree(znode('/a', { data: null })), tree(znode('/a', { data: '' }))];
  expect(content(none, empty).equal).toBe(false);
  expect(content(empty, none).equal).toBe(false);
});

test('a proof names the first differences and counts the rest', () => {
  const many = Array.from({ length: 30 }, (_, index) => znode(`/n${index}`));
  const { differences } = content(tree(...many), tree());
  expect(differences).toHaveLength(21);
  expect(differences.at(-1)).toBe('… 10 more');
});

test('sequence counters: exact when made anew, never lower, higher only where the parent stayed', () => {
  const before = tree(
    znode('/kept', { cversion: 4, numChildren: 2 }),
    znode('/busier', { cversion: 4, numChildren: 2 }),
    znode('/anew', { cversion: 10, numChildren: 0 }),
  );
  const now = (anew: number, busier: number) =>
    tree(
      znode('/kept', { cversion: 4, numChildren: 2 }),
      znode('/busier', { cversion: busier, numChildren: 2 }),
      znode('/anew', { cversion: anew, numChildren: 0, czxid: '50' }),
    );
  const proof = (after: Tree) => sequenceProof('restored', 'filled', before, after);
  expect(proof(now(10, 6))).toMatchObject({ equal: true, facts: { exact: 2, higher: 1, lower: 0 } });
  expect(proof(now(8, 6)).differences).toEqual(['/anew: next is 4, was 5']);
  expect(proof(now(12, 6)).equal).toBe(false);
  expect(proof(now(10, 2)).equal).toBe(false);
});

test('a znode that was not broken but written all the same is found', () => {
  const filled = tree(znode('/a'), znode('/b'));
  const broken = tree(znode('/a'), znode('/b', { mzxid: '20' }));
  const proof = (after: Tree) => untouchedProof('restored', filled, broken, after);
  expect(proof(tree(znode('/a'), znode('/b', { mzxid: '30' })))).toMatchObject({
    equal: true,
    facts: { untouched: 1 },
  });
  expect(proof(tree(znode('/a', { mzxid: '30' }), znode('/b'))).differences).toEqual(['/a']);
  expect(proof(tree(znode('/a', { aversion: 1 }), znode('/b'))).equal).toBe(false);
  expect(proof(tree(znode('/b'))).equal).toBe(false);
});

test('what holdfast shows has to be what Java sees, no more, no less, and something', () => {
  const filled = tree(znode('/a'), znode('/b'), ephemeral);
  const broken = tree(znode('/b', { data: null }), znode('/c'));
  const shown = (change: ShownDifference['change'], name: string, ...members: string[]): ShownDifference => ({
    change,
    service: 'ZooKeeper',
    kind: 'znode',
    key: [name],
    members,
  });
  const all = [shown('removed', 'a'), shown('changed', 'b', 'data'), shown('added', 'c')];
  expect(differencesProof(filled, broken, all)).toMatchObject({ equal: true, facts: { differences: 3 } });
  expect(differencesProof(filled, broken, all.slice(1)).differences).toEqual(['only Java sees: removed /a']);
  expect(differencesProof(filled, broken, [...all, shown('removed', 'e')]).differences).toEqual([
    'only holdfast shows: removed /e',
  ]);
  expect(differencesProof(filled, filled, []).equal).toBe(false);
});

test('the other proofs fail on any difference', () => {
  const filled = tree(znode('/a'));
  expect(archiveProof(filled, []).equal).toBe(true);
  expect(archiveProof(filled, [{ path: '/a', change: 'changed', members: ['kind'] }])).toMatchObject({
    equal: false,
    differences: ['changed /a kind'],
  });
  expect(nextNumberProof('/q', '/q/i-0000000007', '/q/i-0000000007').equal).toBe(true);
  expect(nextNumberProof('/q', '/q/i-0000000007', '/q/i-0000000006').equal).toBe(false);
  expect(nextNumberProof('/q', '/q/i-0000000007', undefined).equal).toBe(false);
});
