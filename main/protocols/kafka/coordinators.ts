import { findCoordinatorV3, findCoordinatorV4 } from '@platformatic/kafka';
import { forEachInFlight } from '../../../shared/in-flight.ts';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { KafkaError } from './errors.ts';
import { protocolError } from './failure.ts';
import { request } from './request.ts';

/** Groups per lookup, where brokers answer for many at once (3.0 and later). */
const LOOKED_UP = 1000;
const SINGLE_IN_FLIGHT = 16;
const GROUP_KEY = 0;

const findManyRequest = request('findCoordinator', findCoordinatorV4.api);
const findOneRequest = request('findCoordinator', findCoordinatorV3.api);

type Found = Broker | KafkaError;

/** The brokers that answer for the groups, in the order of the groups. */
export async function coordinatorsOf(
  cluster: Cluster,
  groups: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  const parts = Array.from({ length: Math.ceil(groups.length / LOOKED_UP) }, (_, i) =>
    groups.slice(i * LOOKED_UP, (i + 1) * LOOKED_UP),
  );
  for (const part of parts) await lookUp(cluster, part, found, signal);
  const missing = new KafkaError('COORDINATOR_NOT_AVAILABLE');
  return groups.map((group) => found.get(group) ?? missing);
}

async function lookUp(
  cluster: Cluster,
  groups: readonly string[],
  found: Map<string, Found>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const many = await cluster.trying(signal, false, async () => {
    const [broker] = cluster.brokers();
    return broker !== undefined && (await broker.knows(findManyRequest, signal));
  });
  if (!many) {
    await forEachInFlight([...groups], SINGLE_IN_FLIGHT, async (group) => {
      const reply = await cluster.ask(findOneRequest, [GROUP_KEY, [group]], { signal });
      for (const each of reply.coordinators) found.set(group, coordinator(cluster, { ...each, key: group }));
    });
    return;
  }
  const options = { signal, objects: groups.length };
  const reply = await cluster.ask(findManyRequest, [GROUP_KEY, [...groups]], options);
  for (const each of reply.coordinators) found.set(each.key, coordinator(cluster, each));
}

function coordinator(
  cluster: Cluster,
  found: {
    readonly key: string;
    readonly nodeId: number;
    readonly errorCode: number;
    readonly errorMessage?: string | null | undefined;
  },
): Found {
  const subject = `findCoordinator ${found.key}`;
  const error = protocolError(found.errorCode, { subject, message: found.errorMessage ?? undefined });
  if (error !== undefined) return error;
  try {
    return cluster.broker(found.nodeId);
  } catch (failure) {
    if (failure instanceof KafkaError) return failure;
    throw failure;
  }
}
