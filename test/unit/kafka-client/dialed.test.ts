import { connect as connectTcp } from 'node:net';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dial } from '../../../main/protocols/dialer.ts';
import { connect, type KafkaClient } from '../../../main/protocols/kafka/index.ts';
import { ReplyFrames } from '../../../main/protocols/kafka/reply-frames.ts';
import { SshError } from '../../../main/protocols/ssh/index.ts';
import { tunnelFault } from '../../../main/sources/tunnel-faults.ts';
import { API, metadataReply, type ScriptedReply, startScriptedBroker } from '../../support/scripted-kafka.ts';

const broken = new SshError('Broken', { host: 'bastion', user: 'ops', problem: 'it went' });
const NAME = { host: 'broker.far.test', port: 9092 };
const VERSIONS = new Map([[API.metadata, 11]]);

function framed(reply: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(reply.length);
  return Buffer.concat([length, reply]);
}

describe('replies on a stream', () => {
  it('are the same however they are cut', () => {
    const replies = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(replies, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, sizes) => {
        const frames = new ReplyFrames();
        const all = Buffer.concat(sent.map(framed));
        const met: Buffer[] = [];
        for (let at = 0, turn = 0; at < all.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          met.push(...frames.push(all.subarray(at, at + size)));
          at += size;
        }
        expect(met.map((reply) => reply.toString('hex'))).toEqual(
          sent.map((reply) => Buffer.from(reply).toString('hex')),
        );
      }),
    );
  });

  it('are none where TLS is spoken, or nothing that a broker says', () => {
    expect(() => new ReplyFrames().push(Buffer.from([0x15, 3, 3, 0, 2, 2, 0x28]))).toThrow('requires TLS');
    expect(() => new ReplyFrames().push(Buffer.from('HTTP/1.1 400'))).toThrow('bytes');
  });
});

async function usingBroker(reply: ScriptedReply, work: (dial: Dial) => Promise<void>): Promise<void> {
  await using broker = await startScriptedBroker(VERSIONS, reply);
  await work(() => Promise.resolve(connectTcp({ host: broker.host, port: broker.port })));
}

function open(dial: Dial): Promise<KafkaClient> {
  return connect({ bootstrap: [NAME], dial, patienceMs: 1, requestTimeoutMs: 300, connectTimeoutMs: 5000 });
}

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a broker that is dialed', () => {
  it('is dialed by the name that it goes by', async () => {
    await usingBroker(
      () => metadataReply(NAME, []),
      async (dial) => {
        const dialed: unknown[] = [];
        const client = await open((address, signal) => {
          dialed.push(address);
          return dial(address, signal);
        });
        expect((await client.describeCluster()).brokers).toMatchObject([NAME]);
        await client.close();
        expect(new Set(dialed.map((address) => JSON.stringify(address)))).toEqual(
          new Set([JSON.stringify(NAME)]),
        );
      },
    );
  });

  it('is unreachable where it cannot be dialed, for the reason of the dial', async () => {
    const error = await thrownBy(open(() => Promise.reject(broken)));
    expect(error).toMatchObject({ code: 'Unreachable', message: expect.stringContaining('it went') });
    expect(tunnelFault(error)).toMatchObject({ code: 'tunnel.broken' });
  });

  it('is lost when its stream is, with the reason', async () => {
    let streams: { destroy(error: Error): void }[] = [];
    await usingBroker(
      () => metadataReply(NAME, []),
      async (dial) => {
        let isCut = false;
        const client = await open(async (address, signal) => {
          if (isCut) throw broken;
          const stream = await dial(address, signal);
          streams = [...streams, stream];
          return stream;
        });
        isCut = true;
        for (const stream of streams) stream.destroy(broken);
        const error = await thrownBy(client.describeCluster());
        expect(tunnelFault(error)).toMatchObject({ code: 'tunnel.broken' });
        await client.close();
      },
    );
  });

  it('that says nothing is not waited for longer than a request may take', async () => {
    await usingBroker(
      () => 'silence',
      async (dial) => {
        expect(await thrownBy(open(dial))).toMatchObject({ code: 'TimedOut' });
      },
    );
  });

  it('that is not there in time is given up', async () => {
    const dial: Dial = (_address, signal) => {
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => reject(signal.reason));
      return promise;
    };
    const client = connect({ bootstrap: [NAME], dial, patienceMs: 1, connectTimeoutMs: 100 });
    expect(await thrownBy(client)).toMatchObject({ code: 'TimedOut' });
  });

  it('that wants TLS says so', async () => {
    const dial: Dial = async () => {
      const stream = new PassThrough();
      // What it is sent it gives back as an alert.
      return Object.assign(stream, {
        write: () => stream.push(Buffer.from([0x15, 3, 3, 0, 2, 2, 0x28])),
      });
    };
    expect(await thrownBy(open(dial))).toMatchObject({ code: 'TlsFailed' });
  });
});
