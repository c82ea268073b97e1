import { connect } from '../../../main/protocols/zookeeper/index.ts';
import { dumpWithJava, type Target } from '../../foreign/zookeeper.ts';

/** Builds `/app` with as many children. */
export async function fillTree(server: Target, children: number): Promise<void> {
  await using client = await connect({ connectString: server.connectString });
  await client.create('/app', Buffer.from('root'));
  const numbers = Array.from({ length: children }, (_, i) => i);
  await Promise.all(numbers.map((i) => client.create(`/app/n${i}`, Buffer.from(`value ${i}`))));
}

/** Removes, changes and adds: one node each. */
export async function breakTree(server: Target): Promise<void> {
  await using client = await connect({ connectString: server.connectString });
  await client.delete('/app/n0');
  await client.setData('/app/n1', Buffer.from('broken'));
  await client.create('/app/extra', null);
}

/** What a restore has to bring back, as ZooKeeper's own client sees it. */
export async function contentOf(server: Target): Promise<unknown[]> {
  const nodes = await dumpWithJava(server, '/app');
  return nodes.map(({ path, data, acl }) => ({ path, data, acl }));
}
