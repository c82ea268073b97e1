import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../../../main/protocols/kafka/index.ts';
import { type KafkaCluster, kafkaAccounts, startKafka } from '../../servers/kafka.ts';

const LIFETIME_MS = 2000;

let kafka: KafkaCluster;

beforeAll(async () => {
  kafka = await startKafka({
    sasl: true,
    advertisedHost: 'kafka.far.test',
    properties: { 'connections.max.reauth.ms': String(LIFETIME_MS) },
  });
});

afterAll(() => kafka?.[Symbol.asyncDispose]());

it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'a dialed connection stays signed in by %s where brokers limit how long that lasts',
  async (mechanism) => {
    const [host = '', port] = kafka.bootstrap.sasl?.split(':') ?? [];
    let dialed = 0;
    const client = await connect({
      bootstrap: [{ host, port: Number(port) }],
      sasl: { mechanism, ...kafkaAccounts.admin },
      dial: async (address) => {
        dialed++;
        return connectTcp({ host: '127.0.0.1', port: address.port });
      },
    });
    const ask = () => Promise.all(Array.from({ length: 24 }, () => client.listGroups()));
    await ask();
    const connections = dialed;
    // Requests without a break: some meet every stage of signing in again.
    const end = performance.now() + 2.5 * LIFETIME_MS;
    while (performance.now() < end) await ask();
    expect(dialed).toBe(connections);
    await client.close();
  },
);
