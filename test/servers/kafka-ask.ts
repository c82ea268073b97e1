import { connect } from 'node:net';

/** A broker as another broker knows it. */
export interface KnownBroker {
  readonly id: number;
  readonly port: number;
}

const describeQuorumKey = 55;
const describeClusterKey = 60;

/**
 * Asks the broker at a plain listener which cluster it sees, by DescribeCluster version 0. In ZooKeeper mode
 * `controllerId` is the controller, in KRaft mode any broker that passes requests on to it.
 */
export async function describeCluster(
  port: number,
): Promise<{ clusterId: string; controllerId: number; brokers: readonly KnownBroker[] }> {
  const reply = new Reader(await ask(port, describeClusterKey, Buffer.from([0, 0])));
  reply.skip(4);
  const error = reply.int16();
  const message = reply.text();
  if (error !== 0) throw new Error(`DescribeCluster failed: ${error} ${message}`);
  const clusterId = reply.text();
  const controllerId = reply.int32();
  const brokers = reply.list(() => {
    const id = reply.int32();
    reply.text();
    const broker = { id, port: reply.int32() };
    reply.text();
    reply.tags();
    return broker;
  });
  return { clusterId, controllerId, brokers };
}

/** Asks which node leads the KRaft metadata quorum, by DescribeQuorum version 0; -1 while none does. */
export async function describeQuorumLeader(port: number): Promise<number> {
  const topic = Buffer.from('__cluster_metadata');
  const onePartition = Buffer.from([2, 0, 0, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from([2, topic.length + 1]), topic, onePartition, Buffer.from([0, 0])]);
  const reply = new Reader(await ask(port, describeQuorumKey, body));
  const error = reply.int16();
  if (error !== 0) throw new Error(`DescribeQuorum failed: ${error}`);
  const [leader = -1] = reply.list(() => {
    reply.text();
    const [first = -1] = reply.list(() => {
      reply.skip(6);
      return reply.int32();
    });
    return first;
  });
  return leader;
}

/** Sends one request of version 0 with a flexible header and returns the body of its reply. */
async function ask(port: number, key: number, body: Buffer, timeout = 5000): Promise<Buffer> {
  const header = Buffer.alloc(15);
  header.writeInt32BE(header.length - 4 + body.length, 0);
  header.writeInt16BE(key, 4);
  // Version 0, correlation id 0, no client id, no tagged fields.
  header.writeInt16BE(-1, 12);
  return await new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, timeout });
    let received = Buffer.alloc(0);
    socket.on('connect', () => socket.write(Buffer.concat([header, body])));
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      socket.destroy();
      // Length, correlation id and the header's tagged fields, none of which a broker sends.
      resolve(received.subarray(9));
    });
    socket.on('timeout', () => socket.destroy(new Error(`no answer from port ${port} in ${timeout} ms`)));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`port ${port} hung up`)));
  });
}

/** Reads Kafka's compact types, as far as small numbers of small things go: every varint is one byte. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  skip(count: number): void {
    this.#at += count;
  }

  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  text(): string {
    const length = Math.max(0, this.#small() - 1);
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }

  list<T>(item: () => T): T[] {
    return Array.from({ length: Math.max(0, this.#small() - 1) }, item);
  }

  tags(): void {
    if (this.#small() !== 0) throw new Error('a tagged field that nobody asked for');
  }

  #small(): number {
    const byte = this.#bytes.readUInt8(this.#at);
    if (byte > 127) throw new Error('a length above 127');
    this.#at += 1;
    return byte;
  }
}
