import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LoadGate } from '../../../main/sources/load.ts';

const HOUR = 3600;

/** Settles with whether the promise settles within some turns of the event loop: none of them needs a clock. */
async function soon(work: Promise<unknown>): Promise<'ended' | 'waits'> {
  const waits = (async () => {
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    return 'waits' as const;
  })();
  return Promise.race([work.then(() => 'ended' as const), waits]);
}

describe('the load gate', () => {
  it('lets a waiter leave the queue when it is aborted, and serves the next one', async () => {
    const gate = new LoadGate({ requestsInFlight: 1 });
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const first = gate.run(1, undefined, () => held);
    const abort = new AbortController();
    let ran = false;
    const second = gate.run(1, abort.signal, async () => {
      ran = true;
    });
    const third = gate.run(1, undefined, async () => 'served');
    abort.abort(new Error('no longer wanted'));
    await expect(second).rejects.toThrow('no longer wanted');
    release();
    await first;
    expect(await third).toBe('served');
    expect(ran).toBe(false);
  });

  it('does not count what was aborted while it waited for its turn', async () => {
    const gate = new LoadGate({ requestsInFlight: 4, objectsPerSecond: 100 });
    await gate.run(0, undefined, async () => {});
    await gate.run(1, undefined, async () => {});
    const abort = new AbortController();
    const slow = gate.run(100 * HOUR, abort.signal, async () => {});
    abort.abort(new Error('no longer wanted'));
    await expect(slow).rejects.toThrow('no longer wanted');
    expect(await gate.run(1, undefined, async () => 'served')).toBe('served');
  });

  it('does not count what was aborted before it came', async () => {
    const gate = new LoadGate({ requestsInFlight: 1, objectsPerSecond: 1 });
    await expect(gate.run(HOUR, AbortSignal.abort(new Error('left')), async () => {})).rejects.toThrow(
      'left',
    );
    expect(await soon(gate.run(1, undefined, async () => {}))).toBe('ended');
  });
});
