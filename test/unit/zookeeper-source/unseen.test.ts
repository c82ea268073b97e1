import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../main/sources/zookeeper/paths.ts';
import { selectionScope } from '../../../main/sources/zookeeper/selection.ts';
import { PASSED_CODE, type Told, Unseen } from '../../../main/sources/zookeeper/unseen.ts';
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
const captured = (...include: string[]) => selectionScope({ roots: ['/'], include, exclude: [] }, '');

function looking(told: Partial<Told>, mapping: ConstructorParameters<typeof Unseen>[1] = inPlace): Unseen {
  return new Unseen({ notes: [], captured: captured(), ...told }, mapping);
}

/** Of live nodes, `path` or `path@czxid`, those that went unseen, each with the place that hides it. */
function hidden(unseen: Unseen, ...nodes: string[]): Record<string, string> {
  const found = nodes.flatMap((node) => {
    const [path = '', czxid = '1000'] = node.split('@');
    const place = unseen.placeOf(keyOf(path), { czxid: BigInt(czxid) });
    return place === undefined ? [] : [[node, `/${place.join('/')}`]];
  });
  return Object.fromEntries(found);
}

describe('what a capture could not see', () => {
  it('is what its notes name, with all below, and nothing beside', () => {
    const unseen = looking({ notes: [unreadable('/a/b'), note('acl-masked', { path: '/m' })] });
    expect(hidden(unseen, '/', '/a', '/a/b', '/a/b/c/d', '/a/bb', '/m')).toEqual({
      '/a/b': '/a/b',
      '/a/b/c/d': '/a/b',
    });
  });

  it('is told by a node below it, too', () => {
    expect(hidden(looking({ notes: [unreadable('/a/b')] }), '/a/b/c', '/a/c')).toEqual({ '/a/b/c': '/a/b' });
  });

  it('is everything when the root is named, or when there were too many to name', () => {
    expect(hidden(looking({ notes: [unreadable('/')] }), '/x', '/x/y')).toEqual({ '/x': '/', '/x/y': '/' });
    const many = looking({ notes: [unreadable('/a'), note('unreadable-more', { total: 1001 })] });
    expect(hidden(many, '/x', '/x/y', '/z')).toEqual({ '/x': '/x', '/x/y': '/x', '/z': '/z' });
  });

  it('moves along with what is put elsewhere', () => {
    const mapping = { from: keyOf('/app'), into: keyOf('/copy') };
    const inside = looking({ notes: [unreadable('/app/safe'), unreadable('/other')] }, mapping);
    expect(hidden(inside, '/app/safe', '/copy', '/copy/safe/x', '/other')).toEqual({
      '/copy/safe/x': '/copy/safe',
    });
    const above = looking({ notes: [unreadable('/')] }, mapping);
    expect(hidden(above, '/copy', '/copy/x', '/else')).toEqual({ '/copy': '/copy', '/copy/x': '/copy' });
  });

  it('is nothing after a whole capture', () => {
    expect(hidden(looking({}), '/', '/a@1')).toEqual({});
  });
});

describe('what was there while a capture ran, and is not in the point', () => {
  it('was not seen, nor anything below it, however young', () => {
    const unseen = looking({ horizon: 50n, captured: captured('/a/*/c') });
    expect(hidden(unseen, '/a@50', '/a/b@60', '/a/b/c@60', '/b@51')).toEqual({
      '/a@50': '/a',
      '/a/b@60': '/a',
      '/a/b/c@60': '/a',
    });
  });

  it('does not hide what the capture looked for by name', () => {
    const unseen = looking({ horizon: 50n, captured: captured('/*/b/c') });
    expect(hidden(unseen, '/a/b@50', '/a/b/c@60', '/e/b@50', '/e/b/c@50')).toEqual({
      '/a/b@50': '/a/b',
      '/e/b@50': '/e/b',
      '/e/b/c@50': '/e/b/c',
    });
  });

  it('hides what has any name below it', () => {
    const unseen = looking({ horizon: 50n, captured: captured('/a*') });
    expect(hidden(unseen, '/@0', '/a1@60', '/a1/b@60')).toEqual({
      '/@0': '/',
      '/a1@60': '/',
      '/a1/b@60': '/',
    });
  });

  it('are never the nodes of the servers themselves', () => {
    const unseen = looking({ horizon: 50n });
    expect(hidden(unseen, '/zookeeper@0', '/zookeeper/quota@0', '/zookeeper/quota/q@60')).toEqual({});
  });
});

describe('a node that was only passed through', () => {
  it('hides nothing, and is known', () => {
    const unseen = looking({ notes: [note(PASSED_CODE, { path: '/a' })] });
    expect(hidden(unseen, '/a', '/a/b')).toEqual({});
    expect([unseen.wasPassed(['a']), unseen.wasPassed(['a', 'b'])]).toEqual([true, false]);
    expect(looking({ notes: [note(`${PASSED_CODE}-more`, { total: 1001 })] }).wasPassed(['x'])).toBe(true);
  });
});
