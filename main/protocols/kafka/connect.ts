import { randomUUID } from 'node:crypto';
import { createAcls, deleteAcls, describeAcls } from './acls.ts';
import { Cluster } from './cluster.ts';
import { clusterOperations } from './cluster-operations.ts';
import { describeConfigs, incrementalAlterConfigs, listConfigResources } from './configs.ts';
import { describeFeatures, describeQuorum, updateFeatures } from './features.ts';
import { deleteGroups, describeGroups, listGroups } from './groups.ts';
import { listOffsets } from './log-offsets.ts';
import { commitOffsets, deleteOffsets, fetchOffsets } from './offsets.ts';
import { alterQuotas, describeQuotas } from './quotas.ts';
import { alterScram, describeScram } from './scram.ts';
import { topicConfigNames } from './topic-configs.ts';
import { createPartitions, createTopics, deleteTopics, describeTopics } from './topics.ts';
import { fetch, produce } from './trial.ts';
import type { ConnectOptions, KafkaClient, Pace } from './types.ts';
import { release } from './version.ts';
import { refused, seesEverything } from './visibility.ts';

const UNLIMITED: Pace = { run: (_objects, _signal, request) => request(), batchSize: (wished) => wished };

/**
 * Connects to a cluster. Every bootstrap server is tried until one answers; rejects with `Unreachable`, `TimedOut`,
 * `SignInFailed` or `TlsFailed` naming each server's failure, or with the reason of the signal.
 */
export async function connect(options: ConnectOptions): Promise<KafkaClient> {
  const cluster = await Cluster.open(
    {
      bootstrap: options.bootstrap,
      clientId: options.clientId ?? 'holdfast',
      tls: options.tls,
      sasl: options.sasl,
      dial: options.dial,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
      patienceMs: options.patienceMs ?? 60_000,
      pace: options.pace ?? UNLIMITED,
      random: options.random ?? Math.random,
    },
    options.signal,
  );
  return clientOf(cluster);
}

function clientOf(cluster: Cluster): KafkaClient {
  return {
    describeCluster: ({ signal } = {}) => cluster.trying(signal, false, () => cluster.refresh(signal)),
    release: (options) => release(cluster, options),
    clusterOperations: (options) => clusterOperations(cluster, options),
    describeFeatures: (options) => describeFeatures(cluster, options),
    describeQuorum: (options) => describeQuorum(cluster, options),
    updateFeatures: (updates, options) => updateFeatures(cluster, updates, options),
    seesEverything: (options) => seesEverything(cluster, `holdfast-${randomUUID()}`, options),
    refused: (listed, names, options) => refused(cluster, listed, names, options),
    describeTopics: (names, options) => describeTopics(cluster, names, options),
    topicConfigNames: (options) => topicConfigNames(cluster, `holdfast-${randomUUID()}`, options),
    createTopics: (topics, options) => createTopics(cluster, topics, options),
    createPartitions: (additions, options) => createPartitions(cluster, additions, options),
    deleteTopics: (names, options) => deleteTopics(cluster, names, options),
    describeConfigs: (resources, options) => describeConfigs(cluster, resources, options),
    listConfigResources: (type, options) => listConfigResources(cluster, type, options),
    incrementalAlterConfigs: (changes, options) => incrementalAlterConfigs(cluster, changes, options),
    listGroups: (options) => listGroups(cluster, options),
    describeGroups: (groups, options) => describeGroups(cluster, groups, options),
    deleteGroups: (ids, options) => deleteGroups(cluster, ids, options),
    fetchOffsets: (groups, options) => fetchOffsets(cluster, groups, options),
    commitOffsets: (group, offsets, options) => commitOffsets(cluster, group, offsets, options),
    deleteOffsets: (group, partitions, options) => deleteOffsets(cluster, group, partitions, options),
    listOffsets: (partitions, at, options) => listOffsets(cluster, partitions, at, options),
    describeAcls: (options) => describeAcls(cluster, options),
    createAcls: (acls, options) => createAcls(cluster, acls, options),
    deleteAcls: (acls, options) => deleteAcls(cluster, acls, options),
    describeScram: (options) => describeScram(cluster, options),
    alterScram: (changes, options) => alterScram(cluster, changes, options),
    describeQuotas: (options) => describeQuotas(cluster, options),
    alterQuotas: (changes, options) => alterQuotas(cluster, changes, options),
    produce: (at, record, options) => produce(cluster, at, record, options),
    fetch: (at, offset, options) => fetch(cluster, at, offset, options),
    close: () => cluster.close(),
  };
}
