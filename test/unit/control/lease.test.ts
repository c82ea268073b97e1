import { describe, expect, it } from 'vitest';
import { type Lease, type LeaseRequest, withLease } from '../../../main/engine/control/lease.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { ManualClock, settle } from '../../clock/manual-clock.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { Shelf, SlowStorage } from '../../storages/slow-storage.ts';
import { UnsteadyStorage } from '../../storages/unsteady-storage.ts';
import { id } from '../catalog/sample.ts';

const DURATION = 60_000;
let tokens = 0;

/** A workstation with a clock of its own. */
class Workstation {
  readonly clock = new ManualClock('2026-06-01T10:00:00.000Z');
  readonly storage: Storage;
  readonly name: string;
  readonly #claim: string;

  constructor(storage: Storage, name: string, claim = id(++tokens)) {
    this.storage = storage;
    this.name = name;
    this.#claim = claim;
  }

  /** The same data directory, opened by a later process. */
  restarted(): Workstation {
    return new Workstation(this.storage, this.name);
  }

  /** Takes the lease; `work` holds it until the test ends it. */
  take(more: Partial<LeaseRequest> = {}) {
    const held = Promise.withResolvers<{ lease: Lease; signal: AbortSignal }>();
    const end = Promise.withResolvers<string>();
    const dataDirectory = id(this.name.charCodeAt(0));
    const result = withLease(
      {
        storage: this.storage,
        directory: 'task_1',
        owner: { hostName: this.name, dataDirectory, claim: this.#claim },
        clock: this.clock,
        randomHex: (bytes) => (++tokens).toString(16).padStart(bytes * 2, '0'),
        duration: DURATION,
        ...more,
      },
      (lease, signal) => {
        held.resolve({ lease, signal });
        return end.promise;
      },
    );
    let outcome = 'waiting';
    result.then(
      (value) => (outcome = value),
      (error) => (outcome = error instanceof HoldfastError ? error.code : String(error)),
    );
    held.promise.then(() => (outcome = 'held'));
    return { held: held.promise, result, end: () => end.resolve('done'), state: () => outcome };
  }
}

async function generations(storage: Storage): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { path } of storage.list('task_1/lease'))
    numbers.push(Number.parseInt(path.slice(13), 10));
  return numbers.sort((a, b) => a - b);
}

describe('a lease', () => {
  it('that is free is taken at once, and again after its release', async () => {
    const storage = new MemoryStorage();
    for (const name of ['a', 'b']) {
      const turn = new Workstation(storage, name).take();
      await turn.held;
      turn.end();
      expect(await turn.result).toBe('done');
    }
    expect(await generations(storage)).toEqual([1, 2, 3, 4]);
  });

  it('that a living workstation holds is refused to others', async () => {
    const storage = new MemoryStorage();
    const [a, b] = [new Workstation(storage, 'a'), new Workstation(storage, 'b')];
    const first = a.take();
    await first.held;
    const second = b.take();
    await settle();
    for (let second = 0; second < 30; second++) {
      await a.clock.pass(1000);
      await b.clock.pass(1000);
    }
    expect(second.state()).toBe('engine.lease-held');
    await expect(second.result).rejects.toThrow('a is working on the backups in task_1');
    first.end();
    await first.result;
  });

  it('is waited for with patience', async () => {
    const storage = new MemoryStorage();
    const [a, b] = [new Workstation(storage, 'a'), new Workstation(storage, 'b')];
    const first = a.take();
    await first.held;
    const second = b.take({ patience: 10 * DURATION });
    for (let half = 0; half < 6; half++) {
      await a.clock.pass(DURATION / 2);
      await b.clock.pass(DURATION / 2);
      expect(second.state()).toBe('waiting');
    }
    first.end();
    await first.result;
    await b.clock.pass(DURATION / 10);
    expect(second.state()).toBe('held');
    second.end();
    expect(await second.result).toBe('done');
  });

  it('of a dead workstation lapses after its duration, counted by the taker', async () => {
    const storage = new MemoryStorage();
    await new Workstation(storage, 'a').take().held;
    const b = new Workstation(storage, 'b');
    // The dates have nothing to say: b's clock is a year ahead, then behind.
    b.clock.set('2027-06-01T10:00:00.000Z');
    const second = b.take();
    await b.clock.pass(DURATION);
    b.clock.set('2020-06-01T10:00:00.000Z');
    expect(second.state()).toBe('waiting');
    await b.clock.pass(DURATION * 0.15);
    expect(second.state()).toBe('held');
    second.end();
    await second.result;
  });

  it('of an earlier process of the same data directory is taken at once', async () => {
    const storage = new MemoryStorage();
    const a = new Workstation(storage, 'a');
    await a.take().held;
    const again = a.restarted().take();
    await settle();
    expect(again.state()).toBe('held');
    again.end();
    await again.result;
  });

  it('of another run of the same process is refused at once', async () => {
    const storage = new MemoryStorage();
    const a = new Workstation(storage, 'a');
    const first = a.take();
    await first.held;
    await expect(a.take().result).rejects.toMatchObject({ code: 'engine.lease-held' });
    first.end();
    await first.result;
  });

  it('is renewed for as long as the work takes, and leaves few files', async () => {
    const storage = new MemoryStorage();
    const a = new Workstation(storage, 'a');
    const turn = a.take();
    const { signal } = await turn.held;
    await a.clock.pass(100 * DURATION);
    expect(signal.aborted).toBe(false);
    expect((await generations(storage)).length).toBeLessThanOrEqual(17);
    turn.end();
    expect(await turn.result).toBe('done');
    expect(a.clock.timers).toBe(0);
  });

  it('survives a date that is set both ways', async () => {
    const storage = new MemoryStorage();
    const a = new Workstation(storage, 'a');
    const turn = a.take();
    const { signal } = await turn.held;
    a.clock.set('2036-01-01T00:00:00Z');
    await a.clock.pass(DURATION);
    a.clock.set('2016-01-01T00:00:00Z');
    await a.clock.pass(DURATION);
    expect(signal.aborted).toBe(false);
    turn.end();
    await turn.result;
  });

  it('that cannot be renewed is lost before another may take it', async () => {
    const memory = new MemoryStorage();
    const unsteady = new UnsteadyStorage(memory);
    const [a, b] = [new Workstation(unsteady, 'a'), new Workstation(memory, 'b')];
    const first = a.take();
    const { lease, signal } = await first.held;
    const second = b.take();
    await settle();
    unsteady.line = 'cut';
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'storage.unreachable' });
    expect(signal.aborted).toBe(false);
    await a.clock.pass(DURATION);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ code: 'engine.lease-lost' });
    await b.clock.pass(DURATION);
    expect(second.state()).toBe('waiting');
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'engine.lease-lost' });
    first.end();
    await expect(first.result).rejects.toMatchObject({ code: 'engine.lease-lost' });
    await b.clock.pass(DURATION / 5);
    second.end();
    await second.result;
  });

  it('survives a storage that fails for a while', async () => {
    const unsteady = new UnsteadyStorage(new MemoryStorage());
    const a = new Workstation(unsteady, 'a');
    const turn = a.take();
    const { signal } = await turn.held;
    unsteady.line = 'cut';
    await a.clock.pass(DURATION * 0.8);
    unsteady.line = 'fine';
    await a.clock.pass(5 * DURATION);
    expect(signal.aborted).toBe(false);
    turn.end();
    await turn.result;
  });

  it('taken over while the holder slept is noticed by the next confirm', async () => {
    const storage = new MemoryStorage();
    const [a, b] = [new Workstation(storage, 'a'), new Workstation(storage, 'b')];
    const first = a.take();
    const { lease, signal } = await first.held;
    a.clock.sleep(10 * DURATION);
    const second = b.take();
    await b.clock.pass(2 * DURATION);
    expect(second.state()).toBe('held');
    expect(signal.aborted).toBe(false);
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'engine.lease-lost' });
    expect(signal.aborted).toBe(true);
    // The other one keeps it.
    await (await second.held).lease.confirm();
    first.end();
    await first.result.catch(() => {});
    await (await second.held).lease.confirm();
    second.end();
    expect(await second.result).toBe('done');
  });

  it('is kept though the answer to a renewal was lost, without being made longer than it is', async () => {
    const memory = new MemoryStorage();
    const storage = new UnsteadyStorage(memory);
    const a = new Workstation(storage, 'a');
    const turn = a.take();
    const { lease, signal } = await turn.held;
    storage.line = 'answers to writes are lost';
    await expect(lease.confirm()).rejects.toMatchObject({ code: 'storage.unreachable' });
    storage.line = 'fine';
    await a.clock.pass(DURATION / 4);
    await lease.confirm();
    expect(await generations(memory)).toEqual([1, 2]);
    // Counted from the attempt that arrived, not from the one that was answered.
    storage.line = 'cut';
    await a.clock.pass(DURATION * 0.75 - 1);
    expect(signal.aborted).toBe(false);
    await a.clock.pass(1);
    expect(signal.aborted).toBe(true);
    turn.end();
    await turn.result.catch(() => {});
  });

  it('counts from before the request for it was sent, however late the answer', async () => {
    const way = new SlowStorage(new Shelf());
    const a = new Workstation(way, 'a');
    const turn = a.take();
    for (let steps = 0; turn.state() === 'waiting'; steps++) {
      if (steps === 3) await a.clock.pass(DURATION * 0.7);
      way.pending.shift()?.take();
      await settle();
    }
    const { signal } = await turn.held;
    await a.clock.pass(DURATION * 0.3 - 1);
    expect(signal.aborted).toBe(false);
    await a.clock.pass(1);
    expect(signal.aborted).toBe(true);
    turn.end();
    await turn.result.catch(() => {});
  });

  it('is given back when the work fails or is cancelled', async () => {
    const storage = new MemoryStorage();
    const a = new Workstation(storage, 'a');
    const cancel = new AbortController();
    const turn = a.take({ signal: cancel.signal });
    const { signal } = await turn.held;
    cancel.abort(new Error('enough'));
    expect(signal.reason).toEqual(new Error('enough'));
    turn.end();
    await turn.result;
    const b = new Workstation(storage, 'b').take();
    await settle();
    expect(b.state()).toBe('held');
    b.end();
    await b.result;
  });

  it('that is waited for can be given up', async () => {
    const storage = new MemoryStorage();
    await new Workstation(storage, 'a').take().held;
    const b = new Workstation(storage, 'b');
    const cancel = new AbortController();
    const second = b.take({ signal: cancel.signal });
    await settle();
    cancel.abort(new Error('enough'));
    await expect(second.result).rejects.toThrow('enough');
    expect(b.clock.timers).toBe(0);
  });

  it('file that cannot be understood lapses after the longest duration', async () => {
    const storage = new MemoryStorage();
    await storage.write(
      'task_1/lease/7.json',
      (async function* () {
        yield Buffer.from('{"state":"held"');
      })(),
    );
    const a = new Workstation(storage, 'a');
    const turn = a.take();
    await a.clock.pass(600_000);
    expect(turn.state()).toBe('waiting');
    await a.clock.pass(70_000);
    expect(turn.state()).toBe('held');
    turn.end();
    await turn.result;
  });
});
