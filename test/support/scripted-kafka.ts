import { createServer, type Socket } from 'node:net';
import { Reader, Writer } from '@platformatic/kafka';

/** A request as a broker receives it, past its header. */
export interface ScriptedRequest {
  readonly key: number;
  readonly version: number;
  /** Number of the connection that it came over, from 1. */
  readonly connection: number;
  /** Stands at the request's body. */
  readonly body: Reader;
}

/** Writes the body of the reply; undefined drops the connection, 'silence' never answers. */
export type ScriptedReply = (request: ScriptedRequest) => Writer | undefined | 'silence';

export interface ScriptedBroker extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** API keys of the requests received so far. */
  readonly received: readonly number[];
}

/** Keys of the requests that scripts answer. */
export const API = {
  listOffsets: 2,
  metadata: 3,
  offsetFetch: 9,
  findCoordinator: 10,
  describeGroups: 15,
  listGroups: 16,
  apiVersions: 18,
  createTopics: 19,
  describeAcls: 29,
  describeConfigs: 32,
  describeQuotas: 48,
  describeScram: 50,
} as const;

/** A broker that speaks the protocol's framing and says what a test has it say. */
export async function startScriptedBroker(
  versions: ReadonlyMap<number, number>,
  reply: ScriptedReply,
): Promise<ScriptedBroker> {
  const received: number[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, versions, (request) => {
      received.push(request.key);
      return reply({ ...request, connection });
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    host: '127.0.0.1',
    port,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

type Reply = (request: Omit<ScriptedRequest, 'connection'>) => ReturnType<ScriptedReply>;

function serve(socket: Socket, versions: ReadonlyMap<number, number>, reply: Reply): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
      const frame = pending.subarray(4, 4 + pending.readInt32BE(0));
      pending = pending.subarray(4 + frame.length);
      answer(socket, frame, versions, reply);
    }
  });
}

function answer(socket: Socket, frame: Buffer, versions: ReadonlyMap<number, number>, reply: Reply): void {
  const key = frame.readInt16BE(0);
  const version = frame.readInt16BE(2);
  const correlation = frame.readInt32BE(4);
  const clientIdLength = Math.max(0, frame.readInt16BE(8));
  // Every request of the client but ApiVersions v0 has a flexible header: an empty tag buffer ends it.
  const body = Reader.from(frame.subarray(10 + clientIdLength + 1));
  const written = key === API.apiVersions ? apiVersions(versions) : reply({ key, version, body });
  if (written === 'silence') return;
  if (written === undefined) {
    socket.destroy();
    return;
  }
  const head = Writer.create().appendInt32(correlation);
  if (key !== API.apiVersions) head.appendTaggedFields();
  socket.write(head.appendFrom(written).prependLength().buffer);
}

function apiVersions(versions: ReadonlyMap<number, number>): Writer {
  return Writer.create()
    .appendInt16(0)
    .appendArray([...versions, [API.apiVersions, 3] as const], (writer, [key, version]) => {
      writer.appendInt16(key).appendInt16(0).appendInt16(version);
    })
    .appendInt32(0)
    .appendTaggedFields();
}

/** One topic of a metadata reply. */
export interface ScriptedTopic {
  readonly name: string;
  readonly partitions: number;
  readonly errorCode?: number;
}

/** Metadata, version 11, of a cluster of one broker, or of that and further ones. */
export function metadataReply(
  broker: { readonly host: string; readonly port: number },
  topics: readonly ScriptedTopic[],
  others: readonly { readonly host: string; readonly port: number }[] = [],
): Writer {
  const brokers = [broker, ...others].map((each, i) => ({ ...each, id: i + 1 }));
  return Writer.create()
    .appendInt32(0)
    .appendArray(brokers, (writer, { id, host, port }) => {
      writer.appendInt32(id).appendString(host).appendInt32(port).appendString(null);
    })
    .appendString('scripted-cluster')
    .appendInt32(1)
    .appendArray([...topics], (writer, { name, partitions, errorCode = 0 }) => {
      writer.appendInt16(errorCode).appendString(name).appendUUID('00000000-0000-0000-0000-000000000001');
      writer.appendBoolean(false);
      writer.appendArray(
        Array.from({ length: partitions }, (_, i) => i),
        (each, index) => {
          each.appendInt16(0).appendInt32(index).appendInt32(1).appendInt32(0);
          for (const ids of [[1], [1], []])
            each.appendArray(ids, (one, id) => one.appendInt32(id), true, false);
        },
      );
      writer.appendInt32(-2_147_483_648);
    })
    .appendTaggedFields();
}
