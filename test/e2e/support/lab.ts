import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type NewZnode, restoreWithNodeZookeeperClient } from '../../foreign/node-zookeeper-client.ts';
import type { ZooKeeperServer } from '../../servers/zookeeper.ts';
import type { HostProcess } from './host-process.ts';
import { javaPointer } from './java-pointer.ts';

export const POINTER_FILE = 'hdfs:///flink/ha/job/completedCheckpoint00004711';
/** Would run if any screen took names for markup, and turn the line around if it were not escaped. */
export const HOSTILE_NAME = '<img src=x onerror=alert(1)>\u202egpj';

const OPEN = [{ perms: 31, scheme: 'world', id: 'anyone' }];
const READ_BY_ALL = [
  { perms: 1, scheme: 'world', id: 'anyone' },
  { perms: 31, scheme: 'ip', id: '127.0.0.1' },
];

/** Node by node what the tests look for: every form of value, an ACL of two rules, names that mean harm. */
export function labTree(children = 1200): NewZnode[] {
  const node = (path: string, data: Buffer | string | null = null, acl = OPEN): NewZnode => ({
    path,
    data: typeof data === 'string' ? Buffer.from(data) : data,
    acl,
  });
  const number = (i: number) => String(i).padStart(6, '0');
  return [
    node('/app'),
    node(
      '/app/config',
      '{"retention":7,"big":12345678901234567890,"topics":["orders","payments"]}',
      READ_BY_ALL,
    ),
    node('/app/empty', ''),
    node('/app/notes', 'Moved to the new rack.\nAsk before it is changed.\n'),
    node('/app/pointer', javaPointer(POINTER_FILE)),
    node('/app/raw', Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 37) % 256))),
    node('/app/large', Buffer.from('0123456789abcdef'.repeat(12_000))),
    node(`/app/${HOSTILE_NAME}`, '<script>alert(1)</script>'),
    node('/orders'),
    ...Array.from({ length: children }, (_, i) => node(`/orders/order-${number(i)}`, `{"id":${i}}`)),
  ];
}

const described = z.array(z.object({ id: z.string(), archives: z.array(z.object({ path: z.string() })) }));

/** A cluster that a task protects, with one recovery point of it. */
export interface Lab {
  readonly point: string;
  /** The point's archive, a file. */
  readonly archive: string;
}

/** Fills the server, makes it the cluster `lab` of the host and backs it up by the task `nightly`. */
export async function protectLab(
  host: Pick<HostProcess, 'directory' | 'cli' | 'lines'>,
  zookeeper: ZooKeeperServer,
  tree: readonly NewZnode[] = labTree(),
): Promise<Lab> {
  await restoreWithNodeZookeeperClient(zookeeper, tree);
  const directory = join(host.directory, 'archives');
  await mkdir(directory);
  const connect = ['--connect-string', zookeeper.connectString];
  await host.cli('cluster', 'add', 'lab', '--environment', 'test', '--source', 'zookeeper', ...connect);
  await host.cli('storage', 'add', 'disk', '--driver', 'local', '--directory', directory);
  await host.cli('task', 'create', 'nightly', '--cluster', 'lab', '--storage', 'disk', '--consent-sensitive');
  await host.lines('task', 'run', 'nightly');
  const [made] = described.parse(await host.cli('point', 'list'));
  const [archive] = made?.archives ?? [];
  if (made === undefined || archive === undefined) throw new Error('the backup left no recovery point');
  return { point: made.id, archive: join(directory, archive.path) };
}
