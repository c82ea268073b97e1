import { randomBytes } from 'node:crypto';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import kafka from '../../../main/sources/kafka/driver.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import { defaultLimits } from '../../../shared/model/cluster.ts';
import { fillKafka } from '../../foreign/kafka.ts';
import { type KafkaCluster, startKafkaCluster } from '../../servers/kafka.ts';

/** Partitions of every topic, unless a bench asks for another number. */
export const PARTITIONS = 5;

/** What a bench's cluster is made of. */
export interface KafkaSize {
  readonly topics: number;
  readonly groups: number;
  readonly acls: number;
}

/**
 * Brokers of the newest release with an authorizer and that much on it: three topics of four have configs, a
 * group has offsets in up to five topics; SCRAM users, too. No quotas: they would hold up whoever reads fast.
 */
export async function startFilledKafka(
  { topics, groups, acls }: KafkaSize,
  { partitions = PARTITIONS, brokers = 1 } = {},
): Promise<KafkaCluster> {
  const server = await startKafkaCluster(brokers, {
    authorizer: true,
    warm: true,
    heapMb: 1536,
    properties: {
      // An empty log's index takes 10 MB of address space otherwise.
      'log.index.size.max.bytes': '65536',
      // While thousands of topics are made, a busy machine lets it miss its heartbeats.
      'broker.session.timeout.ms': '60000',
    },
  });
  await fillKafka(server, { topics, groups, acls, partitions, evenly: true, records: 0, settings: false });
  return server;
}

/** Our way to the cluster, with the load limits that one outside of production has unless it is told others. */
export function connectKafka(server: KafkaCluster): Promise<SourceConnection> {
  const options = kafka.options.parse({ bootstrapServers: server.bootstrap.plain });
  return kafka.connect(options, {
    now: () => new Date(),
    random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
    gate: new LoadGate(defaultLimits('test')),
  });
}
