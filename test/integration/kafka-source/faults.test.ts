import { expect, test } from 'vitest';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { reportError } from '../../../shared/errors/error.ts';
import type { Line } from '../../../shared/model/entry.ts';
import { describeKafka, fillKafka } from '../../foreign/kafka.ts';
import { until } from '../../servers/condition.ts';
import { startKafka, startKafkaCluster } from '../../servers/kafka.ts';
import { reservePort } from '../../servers/ports.ts';
import { startProxy } from '../../servers/proxy.ts';
import { captureToMemory, MemoryCapture } from '../../support/point-memory.ts';
import { capturedState, javaState } from './captured-state.ts';
import { openSource, selecting } from './connections.ts';

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => reportError(error).code,
  );
}

class InterruptedCapture extends MemoryCapture {
  #left: number;
  readonly #interrupt: () => Promise<void>;

  constructor(after: number, interrupt: () => Promise<void>) {
    super();
    this.#left = after;
    this.#interrupt = interrupt;
  }

  override put(line: Line, generation = 0): void | Promise<void> {
    super.put(line, generation);
    return --this.#left === 0 ? this.#interrupt() : undefined;
  }
}

test('a controller that dies during a capture costs time, not content', async () => {
  await using kafka = await startKafkaCluster(3);
  await fillKafka(kafka, { topics: 30, groups: 30, records: 0 });
  const expected = javaState(await describeKafka(kafka));
  const source = await openSource(kafka);
  const controller = await kafka.controllerId();
  const output = new InterruptedCapture(5, () => kafka.node(controller).kill());
  const selection = selecting({ kinds: ['acls', 'groups', 'quotas', 'topics', 'users', 'brokers'] });
  const point = output.finish(selection, await source.capture(selection, output));
  await source.close();
  const { topics, quotas, users, groups } = capturedState(point.content);
  expect(point.missing).toEqual([]);
  expect(topics).toEqual(expected.topics);
  expect([quotas, users]).toEqual([expected.quotas, expected.users]);
  expect(Object.keys(groups)).toEqual(Object.keys(expected.groups));
});

test('nobody there, and a peer that says nothing, are told in time', async () => {
  const { port } = await reservePort();
  const nobody = { bootstrap: { plain: `127.0.0.1:${port}` } };
  expect(await failure(openSource(nobody, { connectTimeout: 2 }))).toBe('source.unreachable');
  await using kafka = await startKafka();
  await using proxy = await startProxy({
    host: '127.0.0.1',
    port: Number(kafka.bootstrap.plain.split(':')[1]),
  });
  proxy.stall();
  const silent = { bootstrap: { plain: proxy.connectString } };
  expect(await failure(openSource(silent, { connectTimeout: 1, requestTimeout: 1 }))).toBe(
    'source.unreachable',
  );
});

test('brokers that stop answering end a call within its limits, and an abort ends it at once', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 4, groups: 2, records: 0 });
  const source = await openSource(kafka, { requestTimeout: 2, connectTimeout: 2, patience: 3 });
  kafka.pause();
  try {
    expect(await failure(captureToMemory(source, selecting()))).toBe('source.unreachable');
    const abort = new AbortController();
    const aborted = captureToMemory(source, selecting(), abort.signal);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
  } finally {
    kafka.resume();
  }
  const point = await until('the brokers to be back', () => again(source));
  await source.close();
  expect(capturedState(point.content)).toEqual(javaState(await describeKafka(kafka)));
});

function again(source: SourceConnection) {
  return captureToMemory(source, selecting()).catch(() => undefined);
}

test('a capture within tight load limits is complete', async () => {
  await using kafka = await startKafka();
  await fillKafka(kafka, { topics: 40, groups: 10, records: 0 });
  const source = await openSource(kafka, {}, { requestsInFlight: 1, objectsPerSecond: 200 });
  const point = await captureToMemory(source, selecting());
  await source.close();
  expect(capturedState(point.content)).toEqual(javaState(await describeKafka(kafka)));
});
