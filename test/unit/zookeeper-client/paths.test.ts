import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chroot, validatePath, validateSequentialPath } from '../../../main/protocols/zookeeper/paths.ts';

describe('a path', () => {
  it.each(['/', '/a', '/a/b', '/a/...', '/a/.b', '/a/b..', '/ä/雪', '/a b'])('%s is accepted', (path) => {
    expect(() => validatePath(path, 'create')).not.toThrow();
  });

  it.each([
    '',
    'a',
    '//',
    '/a/',
    '/a//b',
    '/.',
    '/..',
    '/a/./b',
    '/a/../b',
    '/a/..',
    '/a\0',
    '/a\u0001b',
    '/a\u0085',
    '/\ud83d\ude00',
    '/\ue000',
  ])('%j is refused', (path) => {
    expect(() => validatePath(path, 'create')).toThrow(/BadArguments/);
  });

  it('of a sequential node may end in a slash', () => {
    expect(() => validateSequentialPath('/queue/', 'create')).not.toThrow();
    expect(() => validateSequentialPath('/queue//', 'create')).toThrow(/BadArguments/);
  });
});

describe('a chroot', () => {
  const component = fc.stringMatching(/^[a-z]{1,4}$/);
  const path = fc.array(component, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

  it('maps every path to the server and back', () => {
    fc.assert(
      fc.property(path, path, (prefix, inner) => {
        const chroot = new Chroot(prefix === '/' ? '' : prefix);
        expect(chroot.toClient(chroot.toServer(inner))).toBe(inner);
      }),
    );
  });

  it('takes only whole components off', () => {
    const chroot = new Chroot('/app');
    expect(chroot.toServer('/')).toBe('/app');
    expect(chroot.toClient('/app')).toBe('/');
    expect(chroot.toClient('/apple/x')).toBe('/apple/x');
  });
});
