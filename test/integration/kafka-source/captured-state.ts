import type { Entry, Json } from '../../../shared/model/entry.ts';
import type { KafkaState } from '../../foreign/kafka.ts';

/** What an archive and Java's AdminClient both tell of a cluster, in one shape. */
export interface ComparableState {
  readonly brokers: readonly Json[];
  readonly topics: readonly Json[];
  readonly groups: Readonly<Record<string, Json>>;
  readonly configs: Readonly<Record<string, Json>>;
  readonly acls: readonly (readonly string[])[];
  readonly quotas: readonly Json[];
  readonly users: readonly Json[];
  readonly features: Readonly<Record<string, Json>>;
}

/** What was captured. */
export function capturedState(entries: readonly Entry[]): ComparableState {
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind);
  const offsets = of('offsets');
  return {
    brokers: of('broker').map(({ key, content, observed }) => ({
      id: Number(key[1]),
      host: observed.host ?? null,
      port: observed.port ?? null,
      rack: content.rack ?? null,
    })),
    topics: of('topic').map(({ key, content, observed }) => ({
      name: key[1] ?? '',
      id: content.id ?? null,
      internal: observed.internal ?? null,
      replicas: content.replicas ?? null,
      configs: content.configs ?? null,
    })),
    groups: Object.fromEntries(
      of('group').map(({ key, content }) => [
        key[1] ?? '',
        {
          type: content.type ?? null,
          offsets: Object.fromEntries(
            offsets
              .filter((entry) => entry.key[1] === key[1])
              .map((entry) => [entry.key[2] ?? '', entry.content.partitions ?? null]),
          ),
        },
      ]),
    ),
    configs: Object.fromEntries(
      of('config').map(({ key, content }) => [`${key[1]} ${key[2]}`, content.values ?? null]),
    ),
    acls: of('acl').map(({ key }) => key.slice(1)),
    quotas: sorted(
      of('quota').map(({ content }) => ({ entity: content.entity ?? null, values: content.values ?? null })),
    ),
    users: of('user').map(({ key, content }) => [key[1] ?? '', key[2] ?? '', content.iterations ?? null]),
    features: Object.fromEntries(
      of('feature').map(({ key, content }) => [key[1] ?? '', content.level ?? null]),
    ),
  };
}

/** What Java's AdminClient told. */
export function javaState(state: KafkaState): ComparableState {
  const { broker, clientMetrics, group } = state.configs;
  return {
    brokers: state.brokers.map(({ id, host, port, rack }) => ({ id, host, port, rack })),
    topics: state.topics.map(({ name, id, internal, replicas, configs }) => ({
      name,
      id,
      internal,
      replicas: replicas.map((each) => [...each]),
      configs: { ...configs },
    })),
    groups: Object.fromEntries(
      state.groups.map(({ id, type, offsets }) => [
        id,
        {
          type: type?.toLowerCase() ?? 'classic',
          offsets: Object.fromEntries(
            Object.entries(offsets).map(([topic, rows]) => [topic, rows.map((row) => [...row])]),
          ),
        },
      ]),
    ),
    configs: Object.fromEntries(
      [
        ...Object.entries(broker).map(([name, values]) => [`broker ${name}`, { ...values }] as const),
        ...Object.entries(clientMetrics).map(
          ([name, values]) => [`client-metrics ${name}`, { ...values }] as const,
        ),
        ...Object.entries(group).map(([name, values]) => [`group ${name}`, { ...values }] as const),
      ].filter(([, values]) => Object.keys(values).length > 0),
    ),
    acls: (state.acls ?? []).map((cells) => [...cells]),
    quotas: sorted(
      state.quotas.map(({ entity, values }) => {
        const { 'client-id': clientId, ...others } = entity;
        return {
          entity: { ...others, ...(clientId === undefined ? {} : { clientId }) },
          values: { ...values },
        };
      }),
    ),
    users: state.users.map((user) => [...user]),
    features: { ...state.features },
  };
}

/** Kafka 2.8 tells SCRAM users as ZooKeeper keeps them, percent-encoded; later versions decode them. */
export function withDecodedUsers(state: KafkaState): KafkaState {
  return { ...state, users: state.users.map(([name, ...rest]) => [decodeURIComponent(name), ...rest]) };
}

function sorted(quotas: readonly { readonly entity: Json; readonly values: Json }[]): Json[] {
  const text = ({ entity }: { readonly entity: Json }) =>
    JSON.stringify(Object.entries(entity as object).sort(([a], [b]) => (a < b ? -1 : 1)));
  return quotas.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}
