import { Writer } from '@platformatic/kafka';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type KafkaClient, KafkaError } from '../../../main/protocols/kafka/index.ts';
import {
  API,
  metadataReply,
  type ScriptedBroker,
  type ScriptedReply,
  startScriptedBroker,
} from '../../support/scripted-kafka.ts';

const open: AsyncDisposable[] = [];
const clients: KafkaClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const broker of open.splice(0)) await broker[Symbol.asyncDispose]();
});

const KNOWN = new Map([
  [API.metadata, 11],
  [API.describeConfigs, 4],
  [API.createTopics, 7],
  [API.describeAcls, 3],
  [API.listGroups, 4],
]);

/** A broker that tells itself as the cluster; anything else by the script. */
async function scripted(
  script: ScriptedReply,
  known: ReadonlyMap<number, number> = KNOWN,
): Promise<ScriptedBroker> {
  const place = { host: '127.0.0.1', port: 0 };
  const broker = await startScriptedBroker(known, (request) => {
    const answer = script(request);
    return answer ?? (request.key === API.metadata ? metadataReply(place, []) : undefined);
  });
  place.port = broker.port;
  open.push(broker);
  return broker;
}

async function connected(broker: ScriptedBroker, patienceMs = 2000): Promise<KafkaClient> {
  const client = await connect({
    bootstrap: [broker],
    patienceMs,
    requestTimeoutMs: 500,
    connectTimeoutMs: 500,
  });
  clients.push(client);
  return client;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof KafkaError ? error.code : String(error)),
  );
}

function aclReply(errorCode: number): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendInt16(errorCode)
    .appendString(null)
    .appendArray([], () => {})
    .appendTaggedFields();
}

function createReply(names: readonly string[], errorCode: number): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendArray([...names], (writer, name) => {
      writer.appendString(name).appendInt16(errorCode).appendString(null);
      writer
        .appendInt32(1)
        .appendInt16(1)
        .appendArray(null, () => {});
    })
    .appendTaggedFields();
}

const REQUEST_TIMED_OUT = 7;

/** FindCoordinator, version 4. */
function coordinatorReply(
  group: string,
  { host, port }: { readonly host: string; readonly port: number },
): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendArray([group], (writer, key) => {
      writer.appendString(key).appendInt32(1).appendString(host).appendInt32(port);
      writer.appendInt16(0).appendString(null);
    })
    .appendTaggedFields();
}

/** OffsetFetch, version 8. */
function noOffsetsReply(group: string): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendArray([group], (writer, id) => {
      writer
        .appendString(id)
        .appendArray([], () => {})
        .appendInt16(0);
    })
    .appendTaggedFields();
}

const topic = { name: 't', replicas: [[1]], configs: {} };

describe('reads', () => {
  it('are made again when the connection is lost or nothing comes', async () => {
    let asked = 0;
    const broker = await scripted(({ key }) => {
      if (key !== API.describeAcls) return undefined;
      asked++;
      if (asked === 1) return undefined;
      return asked === 2 ? 'silence' : aclReply(0);
    });
    expect(await (await connected(broker, 10_000)).describeAcls()).toEqual([]);
    expect(asked).toBe(3);
  });

  it('are made again when the cluster says that it could not in time', async () => {
    let asked = 0;
    const broker = await scripted(({ key }) =>
      key === API.describeAcls ? aclReply(++asked === 1 ? REQUEST_TIMED_OUT : 0) : undefined,
    );
    expect(await (await connected(broker)).describeAcls()).toEqual([]);
    expect(asked).toBe(2);
  });

  it('over connections that were forgotten on the way are made again over a new one, whatever the time', async () => {
    let forgotten = 0;
    let unanswered = 0;
    let opened = 0;
    const broker = await scripted(({ key, connection }) => {
      opened = Math.max(opened, connection);
      if (connection <= forgotten) {
        unanswered++;
        return 'silence';
      }
      return key === API.describeAcls ? aclReply(0) : undefined;
    });
    const client = await connected(broker, 200);
    await Promise.all([client.describeAcls(), client.describeAcls()]);
    forgotten = opened;
    expect(forgotten).toBe(2);
    expect(await client.describeAcls()).toEqual([]);
    expect(unanswered).toBe(1);
  });

  it('do without a broker that is down, whoever is asked first', async () => {
    const place = { host: '127.0.0.1', port: 0 };
    const dead = { host: '127.0.0.1', port: 1 };
    const known = new Map([...KNOWN, [API.findCoordinator, 4], [API.offsetFetch, 8]] as const);
    const broker = await scripted(({ key }) => {
      if (key === API.metadata) return metadataReply(place, [], [dead]);
      if (key === API.findCoordinator) return coordinatorReply('g', place);
      return key === API.offsetFetch ? noOffsetsReply('g') : undefined;
    }, known);
    place.port = broker.port;
    const client = await connected(broker);
    for (let turn = 0; turn < 4; turn++) {
      expect(await client.fetchOffsets([{ id: 'g', type: 'classic' }])).toEqual([
        { group: 'g', offsets: [] },
      ]);
    }
  });

  it('that one caller gives up go on for the others', async () => {
    const waiting: (() => void)[] = [];
    let looks = 0;
    const broker = await scripted(({ key }) => {
      if (key !== API.metadata || ++looks !== 2) return undefined;
      for (const go of waiting) go();
      return 'silence';
    });
    const client = await connected(broker);
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    const abort = new AbortController();
    const first = client.describeCluster({ signal: abort.signal });
    const second = client.describeCluster();
    await asked;
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect((await second).clusterId).toBe('scripted-cluster');
  });

  it('end when patience does', async () => {
    const broker = await scripted(({ key }) => (key === API.describeAcls ? 'silence' : undefined));
    expect(await codeOf((await connected(broker, 600)).describeAcls())).toBe('TimedOut');
  });

  it('are not made again when they are refused', async () => {
    const broker = await scripted(({ key }) => (key === API.describeAcls ? aclReply(31) : undefined));
    expect(await codeOf((await connected(broker)).describeAcls())).toBe('CLUSTER_AUTHORIZATION_FAILED');
    expect(broker.received.filter((key) => key === API.describeAcls)).toHaveLength(1);
  });

  it('that no broker knows are told as such', async () => {
    const broker = await scripted(() => undefined);
    expect(await codeOf((await connected(broker)).describeQuotas())).toBe('Unsupported');
  });

  it('of a reply that is none end with a protocol error', async () => {
    const broker = await scripted(({ key }) => {
      if (key !== API.describeConfigs) return undefined;
      return Writer.create().appendInt32(0).appendUnsignedVarInt(1_000_000);
    });
    const client = await connected(broker);
    const [found] = await client.describeConfigs([{ type: 'topic', name: 't' }]);
    expect((found as KafkaError).code).toBe('ProtocolError');
  });

  it('end at once when their signal does', async () => {
    const broker = await scripted(({ key }) => (key === API.describeAcls ? 'silence' : undefined));
    const client = await connected(broker);
    const abort = new AbortController();
    const reading = client.describeAcls({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});

describe('writes', () => {
  it('whose answer is lost are not made again, and say so', async () => {
    const broker = await scripted(() => undefined);
    const [outcome] = await (await connected(broker)).createTopics([topic]);
    expect(outcome).toMatchObject({ code: 'Unreachable', outcomeUnknown: true });
    expect(broker.received.filter((key) => key === API.createTopics)).toHaveLength(1);
  });

  it('that came to the wrong broker are made again', async () => {
    let asked = 0;
    const broker = await scripted(({ key }) =>
      key === API.createTopics ? createReply(['t'], ++asked === 1 ? 41 : 0) : undefined,
    );
    expect(await (await connected(broker)).createTopics([topic])).toEqual([undefined]);
    expect(asked).toBe(2);
  });

  it('have an outcome for each object, in the order given', async () => {
    const broker = await scripted(({ key }) =>
      key === API.createTopics ? createReply(['b'], 36) : undefined,
    );
    const outcomes = await (await connected(broker)).createTopics([
      { ...topic, name: 'a' },
      { ...topic, name: 'b' },
    ]);
    expect(outcomes.map((outcome) => outcome?.code)).toEqual([
      'UNKNOWN_SERVER_ERROR',
      'TOPIC_ALREADY_EXISTS',
    ]);
  });
});

it('all bootstrap servers are tried, and each failure is told', async () => {
  const good = await scripted(() => undefined);
  const dead = { host: '127.0.0.1', port: 1 };
  const client = await connect({ bootstrap: [dead, good], patienceMs: 500 });
  clients.push(client);
  expect((await client.describeCluster()).clusterId).toBe('scripted-cluster');
  await expect(connect({ bootstrap: [dead, { ...dead, port: 2 }], patienceMs: 500 })).rejects.toThrow(
    /127\.0\.0\.1:1.*127\.0\.0\.1:2/,
  );
});

it('every request goes through the load limits, which set the size of batches', async () => {
  const counts: number[] = [];
  const broker = await scripted(({ key, body }) => {
    if (key !== API.createTopics) return undefined;
    const names = body.readArray((r) => {
      const name = r.readString();
      r.readInt32();
      r.readInt16();
      r.readArray((a) => {
        a.readInt32();
        a.readArray((b) => b.readInt32(), true, false);
      });
      r.readArray((c) => [c.readString(), c.readNullableString()]);
      return name;
    });
    counts.push(names.length);
    return createReply(names, 0);
  });
  const paced: number[] = [];
  const client = await connect({
    bootstrap: [broker],
    pace: {
      run: (objects, _signal, request) => {
        paced.push(objects);
        return request();
      },
      batchSize: (wished) => Math.min(wished, 4),
    },
  });
  clients.push(client);
  const topics = Array.from({ length: 10 }, (_, i) => ({ ...topic, name: `t${i}` }));
  expect(await client.createTopics(topics)).toEqual(topics.map(() => undefined));
  expect(counts.sort()).toEqual([2, 4, 4]);
  expect(paced).toHaveLength(broker.received.length);
});
