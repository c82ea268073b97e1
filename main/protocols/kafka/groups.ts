import {
  consumerGroupDescribeV0,
  deleteGroupsV2,
  describeGroupsV5,
  listGroupsV4,
  listGroupsV5,
} from '@platformatic/kafka';
import { compareUtf8 } from '../../../shared/order/key.ts';
import type { Broker } from './broker.ts';
import type { Cluster } from './cluster.ts';
import { coordinatorsOf } from './coordinators.ts';
import { KafkaError } from './errors.ts';
import { protocolError, raise } from './failure.ts';
import { fanOut } from './fan-out.ts';
import { request } from './request.ts';
import { shareGroupDescribeRequest } from './share-groups.ts';
import type { CallOptions, GroupDescription, GroupListing, Outcome } from './types.ts';

const DESCRIBED = 100;
const DELETED = 100;
const CLASSIC = 'classic';

const listGroupsRequest = request('listGroups', listGroupsV5.api, listGroupsV4.api);
const describeGroupsRequest = request('describeGroups', describeGroupsV5.api);
const consumerGroupDescribeRequest = request('consumerGroupDescribe', consumerGroupDescribeV0.api);
const deleteGroupsRequest = request('deleteGroups', deleteGroupsV2.api);

type GroupName = Pick<GroupListing, 'id' | 'type'>;

/** See {@link KafkaClient.listGroups}. Each broker lists the groups that it coordinates. */
export async function listGroups(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<readonly GroupListing[]> {
  const listings = await cluster.trying(signal, false, () =>
    Promise.all(cluster.brokers().map((broker) => listOf(broker, signal))),
  );
  // A coordinator that moved meanwhile is listed twice.
  const byId = new Map(listings.flat().map((group) => [group.id, group]));
  return [...byId.values()].sort((a, b) => compareUtf8(a.id, b.id));
}

async function listOf(broker: Broker, signal: AbortSignal | undefined): Promise<GroupListing[]> {
  const reply = await broker.send(listGroupsRequest, [[], []], { signal });
  raise(reply.errorCode, 'listGroups');
  return reply.groups.map(({ groupId, groupType, protocolType, groupState }) => ({
    id: groupId,
    type: groupType === undefined || groupType === '' ? CLASSIC : groupType.toLowerCase(),
    protocolType,
    state: groupState,
  }));
}

/** See {@link KafkaClient.describeGroups}. */
export async function describeGroups(
  cluster: Cluster,
  groups: readonly GroupName[],
  { signal }: CallOptions = {},
): Promise<readonly (GroupDescription | KafkaError)[]> {
  const described = new Array<GroupDescription | KafkaError>(groups.length);
  const types = [...new Set(groups.map(({ type }) => type))];
  for (const type of types) {
    const places = groups.flatMap((group, place) => (group.type === type ? [place] : []));
    const results = await fanOut<GroupName, GroupDescription>(cluster, {
      items: places.map((place) => groups[place]).filter((group) => group !== undefined),
      chunk: DESCRIBED,
      route: (items) => toCoordinator(cluster, items, signal),
      ask: (broker, asked) => describe(broker, type, asked, signal),
      signal,
    });
    for (const [i, place] of places.entries()) described[place] = results[i] as GroupDescription | KafkaError;
  }
  return described;
}

/** Routes groups to their coordinators. */
export function toCoordinator(
  cluster: Cluster,
  groups: readonly { readonly id: string }[],
  signal: AbortSignal | undefined,
): Promise<readonly (Broker | KafkaError)[]> {
  return coordinatorsOf(
    cluster,
    groups.map(({ id }) => id),
    signal,
  );
}

interface DescribedGroup {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly groupId: string;
  readonly groupState: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly clientId: string;
    readonly clientHost: string;
  }[];
}

async function describe(
  broker: Broker,
  type: string,
  groups: readonly GroupName[],
  signal: AbortSignal | undefined,
): Promise<(GroupDescription | KafkaError)[]> {
  const ids = groups.map(({ id }) => id);
  const found = await describedBy(broker, type, ids, { signal, objects: ids.length });
  const byId = new Map(found.map((group) => [group.groupId, group]));
  return ids.map((id) => description(id, byId.get(id)));
}

async function describedBy(
  broker: Broker,
  type: string,
  ids: string[],
  options: { readonly signal: AbortSignal | undefined; readonly objects: number },
): Promise<readonly DescribedGroup[]> {
  switch (type) {
    case CLASSIC:
      return (await broker.send(describeGroupsRequest, [ids, false], options)).groups;
    case 'consumer':
      return (await broker.send(consumerGroupDescribeRequest, [ids, false], options)).groups;
    case 'share':
      return broker.send(shareGroupDescribeRequest, [ids], options);
    default:
      throw new KafkaError('Unsupported', { subject: `describeGroups of type ${type}` });
  }
}

function description(id: string, found: DescribedGroup | undefined): GroupDescription | KafkaError {
  const subject = `describeGroups ${id}`;
  if (found === undefined) return new KafkaError('ProtocolError', { subject, message: 'the reply lacks it' });
  const error = protocolError(found.errorCode, { subject, message: found.errorMessage ?? undefined });
  if (error !== undefined) return error;
  const members = found.members.map(({ memberId, clientId, clientHost }) => ({
    memberId,
    clientId,
    host: clientHost.replace(/^\//, ''),
  }));
  return { id, state: found.groupState, members };
}

/** See {@link KafkaClient.deleteGroups}. */
export function deleteGroups(
  cluster: Cluster,
  ids: readonly string[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return fanOut<string, Outcome>(cluster, {
    items: ids,
    chunk: DELETED,
    route: (items) => coordinatorsOf(cluster, items, signal),
    async ask(broker, asked) {
      const options = { signal, objects: asked.length, write: true };
      const reply = await broker.send(deleteGroupsRequest, [[...asked]], options);
      const codes = new Map(reply.results.map(({ groupId, errorCode }) => [groupId, errorCode]));
      return asked.map((id) => protocolError(codes.get(id) ?? -1, { subject: `deleteGroups ${id}` }));
    },
    write: true,
    signal,
  });
}
