import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZooKeeperClient } from '../../../main/protocols/zookeeper/index.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import { startZooKeeper, type ZooKeeperServer, type ZooKeeperVersion } from '../../servers/zookeeper.ts';
import { captureToMemory, type MemoryPoint } from '../../support/point-memory.ts';
import { Bank, expectOneMoment } from './bank.ts';
import { openClient, openSource, selectionOf } from './connections.ts';

const accounts = 60;

/** Repeats the work until `stop` is called; it resolves when the last one is through. */
function keepDoing(work: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  const run = (async () => {
    while (!stopped) await work();
  })();
  return async () => {
    stopped = true;
    await run;
  };
}

describe.each<ZooKeeperVersion>(['3.9', '3.6', '3.5'])('a capture of a busy ZooKeeper %s', (version) => {
  let server: ZooKeeperServer;
  let writer: ZooKeeperClient;
  let source: SourceConnection;
  let bank: Bank;

  beforeEach(async () => {
    server = await startZooKeeper({ version });
    writer = await openClient(server);
    source = await openSource(server);
    bank = await Bank.open(writer, accounts, 12_000);
  });

  afterEach(async () => {
    await source.close();
    await writer.close();
    await server[Symbol.asyncDispose]();
  });

  it('is of one moment when nothing happens', async () => {
    const point = await captureToMemory(source, selectionOf('/bank'));
    expect(point.position).toMatchObject({ consistent: true, rounds: 0, dirty: { total: 0 } });
    expect(point.position.z0).toBe(point.position.z1);
    expectOneMoment(point, accounts);
  });

  it('is of one moment when what happens stops before the end', async () => {
    const stops = [bank.transfer, bank.guard, bank.seal].map((work) => keepDoing(() => work.call(bank)));
    const capture = captureToMemory(source, selectionOf('/bank'));
    // Long enough to hit the first pass, and over before the last round.
    for (let i = 0; i < 20; i++) await writer.sync();
    for (const stop of stops) await stop();
    const point = await capture;
    expect(point.position).toMatchObject({ consistent: true });
    expectOneMoment(point, accounts);
  });

  it('says so when it is not', async () => {
    const impatient = await openSource(server, { rounds: 1 });
    const stop = keepDoing(async () => {
      await Promise.all(Array.from({ length: 20 }, () => bank.transfer()));
    });
    const points: MemoryPoint[] = [];
    for (let i = 0; i < 2; i++) points.push(await captureToMemory(impatient, selectionOf('/bank')));
    await stop();
    for (const point of points) {
      if (point.position.consistent === true) expectOneMoment(point, accounts);
      else {
        expect(point.warnings.map(({ code }) => code)).toContain('not-one-moment');
        expect(point.position.unsettled).toMatchObject({ total: expect.any(Number) });
      }
      expect(BigInt(`${point.position.z1}`)).toBeGreaterThan(BigInt(`${point.position.z0}`));
    }
    await impatient.close();
  });

  it.skipIf(version === '3.5')('is of one moment while transfers, deletions and ACLs go on', async () => {
    const stops = [
      keepDoing(async () => {
        await bank.transfer();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }),
      keepDoing(async () => {
        await bank.guard();
        await new Promise((resolve) => setTimeout(resolve, 150));
      }),
      keepDoing(async () => {
        await bank.seal();
        await new Promise((resolve) => setTimeout(resolve, 70));
      }),
    ];
    const points: MemoryPoint[] = [];
    for (let i = 0; i < 5; i++) points.push(await captureToMemory(source, selectionOf('/bank')));
    for (const stop of stops) await stop();
    const consistent = points.filter((point) => point.position.consistent === true);
    for (const point of consistent) {
      expectOneMoment(point, accounts);
      expect(point.position).not.toMatchObject({ dirty: { total: 0 } });
    }
    expect(consistent.length).toBeGreaterThan(0);
  });

  it.skipIf(version === '3.5')('is of one moment while the same nodes change without a pause', async () => {
    const stops = Array.from({ length: 4 }, () => keepDoing(() => bank.move()));
    const points: MemoryPoint[] = [];
    for (let i = 0; i < 3; i++) points.push(await captureToMemory(source, selectionOf('/bank')));
    for (const stop of stops) await stop();
    for (const point of points) {
      expect(point.position).toMatchObject({ consistent: true });
      expectOneMoment(point, accounts);
    }
  });
});
