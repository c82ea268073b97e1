import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatServer, parseConnectString } from '../../../main/protocols/zookeeper/connect-string.ts';
import { ZooKeeperError } from '../../../main/protocols/zookeeper/errors.ts';

describe('a connect string', () => {
  it.each([
    ['zk1', [{ host: 'zk1', port: 2181 }], ''],
    [
      'zk1:2182,zk2',
      [
        { host: 'zk1', port: 2182 },
        { host: 'zk2', port: 2181 },
      ],
      '',
    ],
    [
      ' zk1:1 , zk2:65535 /app/one',
      [
        { host: 'zk1', port: 1 },
        { host: 'zk2', port: 65_535 },
      ],
      '/app/one',
    ],
    [
      '[::1]:2181,[fe80::1%eth0]/a',
      [
        { host: '::1', port: 2181 },
        { host: 'fe80::1%eth0', port: 2181 },
      ],
      '/a',
    ],
    ['10.0.0.1:2181/', [{ host: '10.0.0.1', port: 2181 }], ''],
  ])('%s is read', (text, servers, chroot) => {
    expect(parseConnectString(text)).toEqual({ servers, chroot });
  });

  it.each([
    '',
    ',',
    '/app',
    'zk1:',
    'zk1:0',
    'zk1:65536',
    'zk1:2181x',
    '::1',
    '::1:2181',
    '[::1',
    'zk:1/a//b',
    'zk:1/a/',
    'zk:1/./a',
  ])('%s is refused as BadArguments', (text) => {
    expect(() => parseConnectString(text)).toThrow(ZooKeeperError);
    expect(() => parseConnectString(text)).toThrow(/BadArguments/);
  });

  it('gives back every list of servers and every chroot', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    const servers = fc.array(fc.record({ host, port: fc.integer({ min: 1, max: 65_535 }) }), {
      minLength: 1,
    });
    const chroot = fc.constantFrom('', '/a', '/a/b.c/..d', '/ä/雪');
    fc.assert(
      fc.property(servers, chroot, (list, root) => {
        expect(parseConnectString(list.map(formatServer).join(',') + root)).toEqual({
          servers: list,
          chroot: root,
        });
      }),
    );
  });
});
