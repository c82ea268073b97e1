import type { ProbeReport } from '../contract.ts';
import type { KafkaAccess } from './access.ts';

/** Version, identity and access. A Kafka cluster has an id of its own. */
export async function probe(access: KafkaAccess, signal?: AbortSignal): Promise<ProbeReport> {
  const { client, options } = access;
  const { clusterId, brokers } = await client.describeCluster({ signal });
  const { finalized } = await client.describeFeatures({ signal });
  const kraft = finalized.some(({ name }) => name === 'metadata.version');
  return {
    version: await client.release({ signal }),
    identity: { clusterId },
    facts: [
      { label: { en: 'Cluster id', zh: '集群 ID' }, value: clusterId },
      {
        label: { en: 'Brokers', zh: 'Broker 列表' },
        value: brokers.map(({ host, port }) => `${host}:${port}`).join(', '),
      },
      { label: { en: 'Mode', zh: '模式' }, value: kraft ? 'KRaft' : 'ZooKeeper' },
      { label: { en: 'Sign-in', zh: '认证方式' }, value: options.auth },
      { label: { en: 'TLS', zh: 'TLS 加密' }, value: options.tls ? 'on' : 'off' },
    ],
  };
}
