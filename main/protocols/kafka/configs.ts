import { createAPI, incrementalAlterConfigsV1, type Reader, Writer } from '@platformatic/kafka';
import { compareUtf8 } from '../../../shared/order/key.ts';
import type { Broker } from './broker.ts';
import { ByteReader } from './byte-reader.ts';
import type { Cluster } from './cluster.ts';
import { type ConfigEntry, type DescribedResource, describeConfigsRequest } from './describe-configs.ts';
import { KafkaError } from './errors.ts';
import { protocolError, raise } from './failure.ts';
import { fanOut, toAny } from './fan-out.ts';
import { request } from './request.ts';
import type {
  CallOptions,
  ConfigChange,
  ConfigDescription,
  ConfigResource,
  ConfigSource,
  Outcome,
  WriteOptions,
} from './types.ts';

/** Resources per request: a reply has some 2 KiB for each. */
const DESCRIBED = 250;
const ALTERED = 250;

/** `ConfigResource.Type` */
const TYPES = { topic: 2, broker: 4, 'client-metrics': 16, group: 32 } as const;

/** `DescribeConfigsResponse.ConfigSource` */
const SOURCES: readonly ConfigSource[] = [
  'unknown',
  'topic',
  'broker',
  'default-broker',
  'static-broker',
  'default',
  'broker-logger',
  'client-metrics',
  'group',
];

const SET = 0;
const DELETE = 1;

const alterConfigsRequest = request('incrementalAlterConfigs', incrementalAlterConfigsV1.api);

interface ListedResources {
  readonly errorCode: number;
  readonly names: readonly string[];
}

/** ListConfigResources; version 0 was ListClientMetricsResources. The library has neither. */
const listVersion1 = createAPI<[type: number], ListedResources>(
  74,
  1,
  (type: number) =>
    Writer.create()
      .appendArray([type], (writer, each) => writer.appendInt8(each), true, false)
      .appendTaggedFields(),
  (_correlationId, _key, _version, reply) => listed(reply, true),
);
const listVersion0 = createAPI<[type: number], ListedResources>(
  74,
  0,
  () => Writer.create().appendTaggedFields(),
  (_correlationId, _key, _version, reply) => listed(reply, false),
);
const listRequest = request('listConfigResources', listVersion1, listVersion0);
const listGroupConfigsRequest = request('listConfigResources', listVersion1);

function listed(reply: Reader, typed: boolean): ListedResources {
  const reader = ByteReader.of(reply);
  reader.int32();
  const errorCode = reader.int16();
  const names = reader.array(() => {
    const name = reader.string();
    if (typed) reader.int8();
    reader.skipTags();
    return name;
  });
  return { errorCode, names };
}

/** See {@link KafkaClient.describeConfigs}. */
export function describeConfigs(
  cluster: Cluster,
  resources: readonly ConfigResource[],
  { signal }: CallOptions = {},
): Promise<readonly (ConfigDescription | KafkaError)[]> {
  return fanOut<ConfigResource, ConfigDescription>(cluster, {
    items: resources,
    chunk: DESCRIBED,
    route: (items) => routed(cluster, items, signal),
    async ask(broker, asked) {
      const numbered = asked.map(({ type, name }) => ({ type: TYPES[type], name }));
      const reply = await broker.send(describeConfigsRequest, [numbered], { signal, objects: asked.length });
      const byName = new Map(reply.map((each) => [`${each.type} ${each.name}`, each]));
      return asked.map((resource) =>
        described(resource, byName.get(`${TYPES[resource.type]} ${resource.name}`)),
      );
    },
    signal,
  });
}

/**
 * A broker's own configs are its own to tell and to take; anything else any broker knows. One that was not there when
 * last looked may be back.
 */
async function routed(
  cluster: Cluster,
  resources: readonly ConfigResource[],
  signal: AbortSignal | undefined,
): Promise<readonly (Broker | KafkaError)[]> {
  const missing = resources.some(
    ({ type, name }) => type === 'broker' && name !== '' && !isKnown(cluster, name),
  );
  if (missing) await cluster.refreshQuietly(signal);
  const anywhere = await toAny<ConfigResource>(cluster, DESCRIBED)(resources);
  return resources.map(({ type, name }, i) =>
    type === 'broker' && name !== ''
      ? brokerItself(cluster, name)
      : (anywhere[i] ?? new KafkaError('BROKER_NOT_AVAILABLE')),
  );
}

function brokerItself(cluster: Cluster, id: string): Broker | KafkaError {
  return isKnown(cluster, id)
    ? cluster.broker(Number(id))
    : new KafkaError('BROKER_ID_NOT_REGISTERED', { subject: `broker ${id}` });
}

function isKnown(cluster: Cluster, id: string): boolean {
  return cluster.known.brokers.some((broker) => String(broker.id) === id);
}

function described(
  resource: ConfigResource,
  found: DescribedResource | undefined,
): ConfigDescription | KafkaError {
  const subject = `describeConfigs ${resource.type} ${resource.name}`;
  if (found === undefined) return new KafkaError('ProtocolError', { subject, message: 'the reply lacks it' });
  const error = protocolError(found.errorCode, { subject, message: found.errorMessage ?? undefined });
  return error ?? { resource, values: found.entries.map(configValue) };
}

function configValue({
  name,
  value,
  source,
  sensitive,
  readOnly,
}: ConfigEntry): ConfigDescription['values'][number] {
  return { name, value, source: SOURCES[source] ?? 'unknown', sensitive, readOnly };
}

/** See {@link KafkaClient.listConfigResources}. */
export async function listConfigResources(
  cluster: Cluster,
  type: 'client-metrics' | 'group',
  { signal }: CallOptions = {},
): Promise<readonly ConfigResource[]> {
  const what = type === 'group' ? listGroupConfigsRequest : listRequest;
  const reply = await cluster.ask(what, [TYPES[type]], {
    signal,
    accept: ({ errorCode }) => raise(errorCode, 'listConfigResources'),
  });
  return reply.names.toSorted(compareUtf8).map((name) => ({ type, name }));
}

/** See {@link KafkaClient.incrementalAlterConfigs}. */
export function incrementalAlterConfigs(
  cluster: Cluster,
  changes: readonly ConfigChange[],
  { signal, validateOnly = false }: WriteOptions = {},
): Promise<readonly Outcome[]> {
  return fanOut<ConfigChange, Outcome>(cluster, {
    items: changes,
    chunk: ALTERED,
    route: (items) =>
      routed(
        cluster,
        items.map(({ resource }) => resource),
        signal,
      ),
    async ask(broker, asked) {
      const wishes = asked.map(({ resource, values }) => ({
        resourceType: TYPES[resource.type],
        resourceName: resource.name,
        configs: Object.entries(values).map(([name, value]) =>
          value === null
            ? { name, configOperation: DELETE as typeof DELETE }
            : { name, configOperation: SET as typeof SET, value },
        ),
      }));
      const reply = await broker.send(alterConfigsRequest, [wishes, validateOnly], {
        signal,
        objects: asked.length,
        write: true,
      });
      const results = new Map(
        reply.responses.map((each) => [`${each.resourceType} ${each.resourceName}`, each]),
      );
      return asked.map(({ resource }) => {
        const result = results.get(`${TYPES[resource.type]} ${resource.name}`);
        const subject = `alterConfigs ${resource.type} ${resource.name}`;
        return protocolError(result?.errorCode ?? -1, {
          subject,
          message: result?.errorMessage ?? undefined,
        });
      });
    },
    write: true,
    signal,
  });
}
