import { type BrokerConfiguration, kafkaAccounts, toolArguments } from './kafka-config.ts';
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

/** Writes the SCRAM accounts into a cluster's ZooKeeper; they count from the start of its first broker. */
export async function addScramAccounts(jars: string, { folder, quorum }: BrokerConfiguration): Promise<void> {
  if (!('connect' in quorum)) throw new Error('a KRaft cluster has no ZooKeeper');
  for (const { username, password } of Object.values(kafkaAccounts)) {
    const values = mechanisms.map((mechanism) => `${mechanism}=[password=${password}]`).join(',');
    const rest = [
      '--zookeeper',
      quorum.connect,
      '--alter',
      '--entity-type',
      'users',
      '--entity-name',
      username,
    ];
    await runTool(
      'java',
      toolArguments(jars, folder, 'kafka.admin.ConfigCommand', ...rest, '--add-config', values),
    );
  }
}
