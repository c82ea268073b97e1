import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lease, withLease } from '../../../main/engine/control/lease.ts';
import { ManualClock, settle } from '../../clock/manual-clock.ts';
import { Shelf, SlowStorage } from '../../storages/slow-storage.ts';

const DURATION = 60_000;
/** Time passes in pieces of this size for all workstations: what is exact about it is exact to this. */
const TICK = 1000;
/** Within the tenth by which clocks may differ, less two ticks. */
const RATES = [0.98, 1, 1.03];

/** One process of a workstation: takes the lease, holds it for a while, gives it back, and begins again. */
class Life {
  readonly way: SlowStorage;
  readonly clock = new ManualClock('2026-06-01T10:00:00.000Z');
  readonly #owner: { hostName: string; dataDirectory: string; claim: string };
  #holding: AbortSignal | undefined;
  turns = 0;

  constructor(shelf: Shelf, station: number, number: number) {
    this.way = new SlowStorage(shelf);
    this.#owner = {
      hostName: `ws${station}`,
      dataDirectory: '0'.repeat(16),
      claim: hex(16, station, number),
    };
  }

  /** It believes that it may change the task directory. */
  get acts(): boolean {
    return this.#holding?.aborted === false;
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted; turn++) {
      const request = {
        storage: this.way,
        directory: 't',
        owner: this.#owner,
        clock: this.clock,
        randomHex: () => `${this.#owner.claim}${hex(16, turn)}`,
        duration: DURATION,
        patience: 3 * DURATION,
        signal,
      };
      await withLease(request, (lease, lost) => this.#act(lease, lost)).catch(() => {});
      this.#holding = undefined;
      await settle();
    }
  }

  async #act(lease: Lease, lost: AbortSignal): Promise<void> {
    this.#holding = lost;
    this.turns += 1;
    await new Promise<void>((resolve) => {
      this.clock.after(2.3 * DURATION, resolve);
      lost.addEventListener('abort', () => resolve(), { once: true });
    });
    await lease.confirm();
    this.#holding = undefined;
  }
}

function hex(length: number, ...numbers: readonly number[]): string {
  return numbers
    .map((number) => number.toString(16))
    .join('f')
    .padStart(length, '0');
}

/** A workstation: its process now, and the requests of earlier ones that are still on their way. */
class Workstation {
  readonly rate: number;
  readonly #shelf: Shelf;
  readonly #station: number;
  readonly #stop: AbortSignal;
  readonly #lives: Life[] = [];
  life: Life;

  constructor(shelf: Shelf, station: number, rate: number, stop: AbortSignal) {
    this.#shelf = shelf;
    this.#station = station;
    this.rate = rate;
    this.#stop = stop;
    this.life = this.#begin();
  }

  get turns(): number {
    return this.#lives.reduce((sum, life) => sum + life.turns, 0);
  }

  /** Kill -9, and a new start. */
  restart(): void {
    this.life.way.die();
    this.life = this.#begin();
  }

  /** One request or answer arrives; every third time one of a dead process, if there is one left. */
  deliver(step: number): void {
    const late = this.#lives.find(({ way }) => way !== this.life.way && way.pending.length > 0);
    const { way } = step % 3 === 2 && late !== undefined ? late : this.life;
    way.pending.shift()?.take();
  }

  #begin(): Life {
    const life = new Life(this.#shelf, this.#station, this.#lives.length);
    this.#lives.push(life);
    void life.run(this.#stop);
    return life;
  }
}

type Event =
  | { readonly kind: 'requests'; readonly who: number; readonly steps: number }
  | { readonly kind: 'time'; readonly ticks: number }
  | { readonly kind: 'death'; readonly who: number }
  | { readonly kind: 'date'; readonly who: number; readonly date: number };

const who = fc.nat(RATES.length - 1);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('requests' as const),
      who,
      steps: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ticks: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('death' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('date' as const), who, date: fc.nat(4e12) }) },
);

describe('workstations at one task directory', () => {
  it('never act at the same time, whatever is slow, dies or has a wrong date', async () => {
    let turns = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 20, maxLength: 60 }), async (events) => {
        const shelf = new Shelf();
        const stop = new AbortController();
        const all = RATES.map((rate, index) => new Workstation(shelf, index, rate, stop.signal));
        const oneAtMost = () => expect(all.filter(({ life }) => life.acts).length).toBeLessThanOrEqual(1);
        await settle();
        for (const happening of events) {
          for await (const _ of happen(happening, all)) oneAtMost();
        }
        turns += all.reduce((sum, one) => sum + one.turns, 0);
        stop.abort();
        await settle();
      }),
      { numRuns: 40 },
    );
    // The property says nothing unless leases were taken.
    expect(turns).toBeGreaterThan(40);
  });
});

/** Lets it happen piece by piece. */
async function* happen(happening: Event, all: readonly Workstation[]): AsyncGenerator<void> {
  if (happening.kind === 'time') {
    for (let tick = 0; tick < happening.ticks; tick++) {
      for (const { life, rate } of all) await life.clock.pass(TICK * rate);
      yield;
    }
    return;
  }
  const one = all[happening.who];
  if (one === undefined) return;
  if (happening.kind === 'date') one.life.clock.set(new Date(happening.date));
  if (happening.kind === 'death') one.restart();
  for (let step = 0; happening.kind === 'requests' && step < happening.steps; step++) {
    one.deliver(step);
    await settle();
    yield;
  }
}
