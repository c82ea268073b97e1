import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../main/sources/zookeeper/paths.ts';
import { Unseen } from '../../../main/sources/zookeeper/unseen.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

const note = (code: string, params: FidelityNote['params']): FidelityNote => ({
  fidelity: 'partial',
  kind: 'znode',
  code,
  text: '',
  params,
});
const unreadable = (path: string) => note('unreadable', { path });
const inPlace = { from: [], into: [] };

function covered(unseen: Unseen, ...paths: string[]): string[] {
  return paths.filter((path) => unseen.covers(keyOf(path)));
}

describe('what a capture could not see', () => {
  it('is what its notes name, with all below, and nothing beside', () => {
    const unseen = new Unseen({ notes: [unreadable('/a/b'), note('acl-masked', { path: '/m' })] }, inPlace);
    expect(covered(unseen, '/', '/a', '/a/b', '/a/b/c/d', '/a/bb', '/m')).toEqual(['/a/b', '/a/b/c/d']);
    expect([unseen.begins(['a', 'b']), unseen.begins(['a', 'b', 'c'])]).toEqual([true, false]);
  });

  it('is everything when the root is named, or when there were too many to name', () => {
    const root = new Unseen({ notes: [unreadable('/')] }, inPlace);
    const many = new Unseen({ notes: [unreadable('/a'), note('unreadable-more', { total: 1001 })] }, inPlace);
    for (const unseen of [root, many]) expect(covered(unseen, '/', '/x/y')).toEqual(['/', '/x/y']);
  });

  it('moves along with what is put elsewhere', () => {
    const mapping = { from: keyOf('/app'), into: keyOf('/copy') };
    const inside = new Unseen({ notes: [unreadable('/app/safe'), unreadable('/other')] }, mapping);
    expect(covered(inside, '/copy', '/copy/safe/x', '/app/safe', '/other')).toEqual(['/copy/safe/x']);
    const above = new Unseen({ notes: [unreadable('/')] }, mapping);
    expect(covered(above, '/copy', '/copy/x', '/else')).toEqual(['/copy', '/copy/x']);
  });

  it('is nothing after a whole capture', () => {
    expect(covered(new Unseen({ notes: [] }, inPlace), '/', '/a')).toEqual([]);
  });
});
