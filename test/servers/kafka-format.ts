import { kafkaAccounts, toolArguments } from './kafka-config.ts';
import type { KafkaNode } from './kafka-node.ts';
import { runTool } from './tools.ts';

const mechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];

/** Formats a KRaft node's data folder, with the SCRAM accounts when the cluster speaks SASL. */
export async function formatStorage(
  jars: string,
  { configuration: { folder, options }, propertiesFile }: KafkaNode,
  clusterId: string,
): Promise<void> {
  const accounts = Object.values(kafkaAccounts).flatMap(({ username, password }) =>
    mechanisms.flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${username},password=${password}]`,
    ]),
  );
  const rest = ['format', '-t', clusterId, '-c', propertiesFile, ...(options.sasl ? accounts : [])];
  await runTool('java', toolArguments(jars, folder, 'kafka.tools.StorageTool', ...rest));
}

/** Writes the SCRAM accounts into a cluster's ZooKeeper before its first broker starts. */
export async function addScramAccounts(jars: string, { configuration }: KafkaNode): Promise<void> {
  const { folder, quorum } = configuration;
  if (!('connect' in quorum)) throw new Error('a KRaft cluster has no ZooKeeper');
  const run = async (main: string, ...rest: string[]) =>
    await runTool('java', toolArguments(jars, folder, main, ...rest));
  const [server = '', ...chroot] = quorum.connect.split('/');
  for (let depth = 1; depth <= chroot.length; depth += 1) {
    const path = `/${chroot.slice(0, depth).join('/')}`;
    await run('org.apache.zookeeper.ZooKeeperMain', '-server', server, 'create', path);
  }
  for (const { username, password } of Object.values(kafkaAccounts)) {
    const user = ['--entity-type', 'users', '--entity-name', username];
    const values = mechanisms.map((mechanism) => `${mechanism}=[password=${password}]`).join(',');
    const change = ['--zookeeper', quorum.connect, '--alter', ...user, '--add-config', values];
    await run('kafka.admin.ConfigCommand', ...change);
  }
}
