import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeaseChain } from '../../../main/engine/control/lease-chain.ts';
import type { LeaseRecord } from '../../../shared/model/control.ts';
import { settle } from '../../clock/manual-clock.ts';
import { Shelf, SlowStorage } from '../../storages/slow-storage.ts';

/** The protocol asks that no more generations than it keeps (16) are made during one listing. */
const MOST_DURING_A_LISTING = 14;
const CLIENTS = 4;

function record(client: number, attempt: number): LeaseRecord {
  return {
    format: 'holdfast-lease/1.0',
    state: 'held',
    owner: { hostName: `ws${client}`, dataDirectory: '0'.repeat(16), claim: '0'.repeat(16) },
    token: `${client.toString(16)}${attempt.toString(16).padStart(31, '0')}`,
    milliseconds: 60_000,
    written: '2026-06-01T10:00:00.000Z',
  };
}

/** Tries to append again and again, and notes what it was told it made. */
async function climb(
  chain: LeaseChain,
  client: number,
  made: { number: number; client: number }[],
  stop: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const head = await chain.head(stop);
    if (await chain.append(head.number + 1, record(client, attempt), stop)) {
      made.push({ number: head.number + 1, client });
    }
  }
}

describe('generations of a lease', () => {
  it('have one maker each and follow one another, however slow requests are', async () => {
    const burst = fc.tuple(fc.nat(CLIENTS - 1), fc.integer({ min: 1, max: 150 }));
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 5, maxLength: 20 }), async (bursts) => {
        const shelf = new Shelf();
        const stop = new AbortController();
        const made: { number: number; client: number }[] = [];
        const ways = Array.from({ length: CLIENTS }, () => new SlowStorage(shelf));
        const climbs = ways.map((way, client) =>
          climb(new LeaseChain(way, 't'), client, made, stop.signal).catch(() => {}),
        );
        await settle();
        for (const [client, steps] of bursts) {
          for (let step = 0; step < steps; step++) {
            const way = ways.find((other) => other.listingIsOld(MOST_DURING_A_LISTING)) ?? ways[client];
            way?.pending.shift()?.take();
            await settle();
          }
        }
        stop.abort();
        await Promise.all(climbs);
        const numbers = made.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        const heads = [...shelf.objects.keys()].map((path) => Number.parseInt(path.slice(8), 10));
        expect(Math.max(0, ...heads)).toBeGreaterThanOrEqual(Math.max(0, ...numbers));
        expect(shelf.objects.size).toBeLessThanOrEqual(17 + CLIENTS);
      }),
      { numRuns: 60 },
    );
  });
});
