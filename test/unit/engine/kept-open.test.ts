import { describe, expect, it } from 'vitest';
import { type HoldOpen, KeptOpen } from '../../../main/engine/explore/kept-open.ts';
import { ManualClock } from '../../clock/manual-clock.ts';

const HALF_A_MINUTE = 30_000;

function bench() {
  const clock = new ManualClock('2026-06-01T10:00:00Z');
  const kept = new KeptOpen<string>(clock);
  const happened: string[] = [];
  const opener =
    (name: string): HoldOpen<string> =>
    async (_signal, hold) => {
      happened.push(`open ${name}`);
      await hold(name);
      happened.push(`close ${name}`);
    };
  const use = (name: string, work: () => Promise<unknown> = async () => {}) =>
    kept.using(name, opener(name), undefined, work);
  return { clock, kept, happened, use };
}

describe('what is kept open', () => {
  it('is opened once for those who follow each other, and closed half a minute after the last', async () => {
    const { clock, happened, use } = bench();
    await use('a');
    await clock.pass(HALF_A_MINUTE - 1);
    await use('a');
    await clock.pass(HALF_A_MINUTE - 1);
    expect(happened).toEqual(['open a']);
    await clock.pass(1);
    expect(happened).toEqual(['open a', 'close a']);
    await use('a');
    expect(happened).toEqual(['open a', 'close a', 'open a']);
  });

  it('stays while somebody uses it, however long', async () => {
    const { clock, happened, use } = bench();
    const work = Promise.withResolvers<void>();
    const using = use('a', () => work.promise);
    await use('a');
    await clock.pass(10 * HALF_A_MINUTE);
    expect(happened).toEqual(['open a']);
    work.resolve();
    await using;
    await clock.pass(HALF_A_MINUTE);
    expect(happened).toEqual(['open a', 'close a']);
  });

  it('is opened anew after a failure, and closed when the others have done', async () => {
    const { clock, happened, use } = bench();
    const work = Promise.withResolvers<void>();
    const using = use('a', () => work.promise);
    await expect(use('a', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await use('a');
    expect(happened).toEqual(['open a', 'open a']);
    work.resolve();
    await using;
    await clock.pass(0);
    expect(happened).toEqual(['open a', 'open a', 'close a']);
  });

  it('is at most eight things: the one that was not used for longest goes', async () => {
    const { clock, happened, use } = bench();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'a', 'i']) await use(name);
    await clock.pass(0);
    expect(happened.filter((each) => each.startsWith('close'))).toEqual(['close b']);
  });

  it('that could not be opened fails everybody who waits, and is tried again', async () => {
    const { kept } = bench();
    let attempts = 0;
    const open: HoldOpen<string> = async (_signal, hold) => {
      attempts += 1;
      if (attempts === 1) throw new Error('unreachable');
      await hold('b');
    };
    const use = () => kept.using('b', open, undefined, async (what) => what);
    const both = await Promise.allSettled([use(), use()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await use()).toBe('b');
    expect(attempts).toBe(2);
    await kept.close();
  });

  it('is given up when everybody left before it was open; who comes then has it opened anew', async () => {
    const { kept, happened, use } = bench();
    const leaving = new AbortController();
    const down = Promise.withResolvers<void>();
    const opening: HoldOpen<string> = async (signal) => {
      signal.addEventListener('abort', () => happened.push('given up'));
      await down.promise;
      throw new Error('it was down');
    };
    const waiting = kept.using('a', opening, leaving.signal, async () => {});
    leaving.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    expect(happened).toEqual(['given up']);
    await use('a');
    down.resolve();
    await use('a');
    expect(happened).toEqual(['given up', 'open a']);
    await kept.close();
    expect(happened).toEqual(['given up', 'open a', 'close a']);
  });

  it('is waited for at the end, also where it was given up before', async () => {
    const { kept } = bench();
    const leaving = new AbortController();
    const last = Promise.withResolvers<void>();
    const waiting = kept.using(
      'a',
      () => last.promise,
      leaving.signal,
      async () => {},
    );
    leaving.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    let isClosed = false;
    const closing = kept.close().then(() => {
      isClosed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    last.resolve();
    await closing;
  });

  it('is closed at the end; what is still being opened is given up', async () => {
    const { kept, happened, use } = bench();
    await use('a');
    const leaving = new AbortController();
    const opening: HoldOpen<string> = (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
    const waiting = kept.using('b', opening, leaving.signal, async () => {});
    leaving.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    await kept.close();
    expect(happened).toEqual(['open a', 'close a']);
  });
});
