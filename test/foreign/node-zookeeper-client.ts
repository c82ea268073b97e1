import zooKeeper, { type Client } from 'node-zookeeper-client';
import { until } from '../servers/condition.ts';
import type { ForeignAcl, ForeignZnode, Target } from './zookeeper.ts';

/** What a znode is made from. */
export interface NewZnode {
  readonly path: string;
  readonly data: Buffer | null;
  readonly acl: readonly ForeignAcl[];
}

/** What node-zookeeper-client can tell of a znode. */
export type SeenZnode = Pick<ForeignZnode, 'path' | 'data' | 'acl' | 'version' | 'numChildren'>;

/** The subtree as node-zookeeper-client reads it, a parent before its children, siblings in the order of names. */
export async function dumpWithNodeZookeeperClient(
  server: Target,
  path: string,
  digest?: string,
): Promise<SeenZnode[]> {
  return await withClient(server, digest, async (client) => await dump(client, path));
}

/**
 * Creates znodes by node-zookeeper-client's `multi`, `batch` nodes a request and `window` requests in flight.
 * Parents must come before their children. Returns the seconds from the first request to the last reply.
 */
export async function restoreWithNodeZookeeperClient(
  server: Target,
  znodes: readonly NewZnode[],
  { batch = 100, window = 16, digest }: { batch?: number; window?: number; digest?: string } = {},
): Promise<number> {
  return await withClient(server, digest, async (client) => {
    const start = performance.now();
    let next = 0;
    const sendBatches = async () => {
      while (next < znodes.length) {
        const from = next;
        next += batch;
        await create(client, znodes.slice(from, from + batch));
      }
    };
    await Promise.all(Array.from({ length: window }, sendBatches));
    return (performance.now() - start) / 1000;
  });
}

async function withClient<T>(
  server: Target,
  digest: string | undefined,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = zooKeeper.createClient(server.connectString);
  let connected = false;
  client.once('connected', () => {
    connected = true;
  });
  client.connect();
  try {
    await until('node-zookeeper-client to connect', () => connected || undefined);
    if (digest) client.addAuthInfo('digest', Buffer.from(digest));
    return await use(client);
  } finally {
    client.close();
  }
}

async function dump(client: Client, path: string): Promise<SeenZnode[]> {
  const [node, acl] = await Promise.all([readData(client, path), readAcl(client, path)]);
  const children = node.numChildren === 0 ? [] : await readChildren(client, path);
  const below = await Promise.all(
    children.map(async (name) => await dump(client, `${path === '/' ? '' : path}/${name}`)),
  );
  return [{ path, ...node, acl }, ...below.flat()];
}

async function readData(
  client: Client,
  path: string,
): Promise<Pick<SeenZnode, 'data' | 'version' | 'numChildren'>> {
  return await new Promise((resolve, reject) => {
    client.getData(path, (error, data, stat) => {
      if (error) reject(error);
      else
        resolve({
          data: data?.toString('base64') ?? null,
          version: stat.version,
          numChildren: stat.numChildren,
        });
    });
  });
}

async function readAcl(client: Client, path: string): Promise<ForeignAcl[]> {
  return await new Promise((resolve, reject) => {
    client.getACL(path, (error, acls) => {
      if (error) reject(error);
      else resolve(acls.map(({ permission, id }) => ({ perms: permission, scheme: id.scheme, id: id.id })));
    });
  });
}

async function readChildren(client: Client, path: string): Promise<string[]> {
  return await new Promise((resolve, reject) => {
    client.getChildren(path, (error, children) => {
      if (error) reject(error);
      else resolve(children.sort());
    });
  });
}

async function create(client: Client, znodes: readonly NewZnode[]): Promise<void> {
  const transaction = client.transaction();
  for (const { path, data, acl } of znodes) {
    const acls = acl.map(({ perms, scheme, id }) => new zooKeeper.ACL(perms, new zooKeeper.Id(scheme, id)));
    transaction.create(path, data, acls);
  }
  await new Promise<void>((resolve, reject) => {
    transaction.commit((error) => (error ? reject(error) : resolve()));
  });
}
