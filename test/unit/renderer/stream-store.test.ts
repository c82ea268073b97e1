import { describe, expect, test } from 'vitest';
import { StreamStore, type StreamWorld } from '../../../renderer/connection/stream-store.ts';
import { asHoldfastError, HoldfastError } from '../../../shared/errors/error.ts';

/** Frames are drawn when the test says so. */
class Frames {
  readonly #asked: (() => void)[] = [];
  readonly nextFrame = (callback: () => void) => void this.#asked.push(callback);

  get asked(): number {
    return this.#asked.length;
  }

  draw(): void {
    for (const callback of this.#asked.splice(0)) callback();
  }
}

function worldOf(frames: Frames, more: Partial<StreamWorld> = {}): StreamWorld {
  return {
    nextFrame: frames.nextFrame,
    whenOpen: () => Promise.resolve(),
    asError: asHoldfastError,
    ...more,
  };
}

const sum = { initial: 0, reduce: (total: number, item: number) => total + item };

/** Lets everything that is ready go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

async function* numbers(...items: number[]): AsyncGenerator<number> {
  yield* items;
}

describe('a stream of events', () => {
  test('any number of items within a frame is one change for who listens', async () => {
    const frames = new Frames();
    const store = new StreamStore({ ...sum, open: async () => numbers(1, 2, 3) }, worldOf(frames));
    let told = 0;
    store.subscribe(() => told++);
    store.start();
    await settled();
    expect([told, frames.asked, store.state().value]).toEqual([0, 1, 0]);
    frames.draw();
    expect([told, store.state()]).toEqual([1, { status: 'ended', value: 6 }]);
  });

  test('after a lost connection it waits for the next and counts from the beginning', async () => {
    const frames = new Frames();
    const waits: (() => void)[] = [];
    const whenOpen = () => new Promise<void>((resolve) => void waits.push(resolve));
    let opened = 0;
    const open = async () => {
      opened++;
      return opened === 1 ? broken() : numbers(1, 2);
    };
    async function* broken(): AsyncGenerator<number> {
      yield 5;
      throw new HoldfastError('host.connection-lost', { problem: 'test' });
    }
    const store = new StreamStore({ ...sum, open }, worldOf(frames, { whenOpen }));
    store.start();
    waits.shift()?.();
    await settled();
    frames.draw();
    expect(store.state()).toEqual({ status: 'waiting', value: 5 });
    waits.shift()?.();
    await settled();
    frames.draw();
    expect(store.state()).toEqual({ status: 'ended', value: 3 });
  });

  test('another failure ends it and keeps what came', async () => {
    const frames = new Frames();
    async function* failing(): AsyncGenerator<number> {
      yield 4;
      throw new HoldfastError('catalog.no-cluster', { name: 'x' });
    }
    const store = new StreamStore({ ...sum, open: async () => failing() }, worldOf(frames));
    store.start();
    await settled();
    frames.draw();
    expect(store.state()).toMatchObject({
      status: 'failed',
      value: 4,
      error: { code: 'catalog.no-cluster' },
    });
  });

  test('stopped, it ends the call and takes nothing more', async () => {
    const frames = new Frames();
    const signals: AbortSignal[] = [];
    const open = async (signal: AbortSignal) => {
      signals.push(signal);
      return numbers(1);
    };
    const store = new StreamStore({ ...sum, open }, worldOf(frames));
    store.start();
    store.stop();
    await settled();
    frames.draw();
    expect(store.state().value).toBe(0);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });
});
