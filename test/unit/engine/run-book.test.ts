import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { RunRepository } from '../../../main/catalog/catalog.ts';
import { RunBook } from '../../../main/engine/runs/run-book.ts';
import type { RunRecorder } from '../../../main/engine/runs/run-recorder.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { RunEvent } from '../../../shared/model/run.ts';
import { temporaryCatalog } from '../catalog/temporary.ts';

const BACKUP = { kind: 'backup', reason: 'person' } as const;

/** Makes the disk that the runs are kept on full, and not, at will. */
function diskOf(runs: RunRepository) {
  const disk = { full: false };
  for (const name of ['update', 'appendLog'] as const) {
    const write = runs[name].bind(runs) as (...what: unknown[]) => void;
    vi.spyOn(runs, name).mockImplementation((...what: unknown[]) => {
      if (disk.full) throw new HoldfastError('catalog.failed', { path: 'c', problem: 'disk is full' });
      write(...what);
    });
  }
  return disk;
}

function openBook() {
  const { catalog } = temporaryCatalog();
  const disk = diskOf(catalog.runs);
  let ids = 0;
  const book = new RunBook(catalog.runs, {
    clock: systemClock,
    random: () => 0,
    randomHex: (bytes) => (++ids).toString(16).padStart(bytes * 2, '0'),
    hostName: 'here',
  });
  return { book, disk, runs: catalog.runs };
}

async function eventsOf(book: RunBook, run: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of book.watch(run)) events.push(event);
  return events;
}

/** Work that goes on until it is told to end. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

describe('runs on a full disk', () => {
  it('go on, and what could not be written follows', async () => {
    const { book, disk, runs } = openBook();
    const run = book.start(BACKUP, async (recorder) => {
      disk.full = true;
      recorder.log('info', 'backup.archive', { path: 'first' });
      await nextTurn();
      await nextTurn();
      disk.full = false;
      recorder.log('info', 'backup.archive', { path: 'second' });
    });
    expect(await book.finished(run.id)).toMatchObject({ state: 'succeeded' });
    expect(runs.get(run.id).state).toBe('succeeded');
    expect(runs.log(run.id).map(({ text }) => text)).toEqual([
      'the archive is first',
      'the archive is second',
    ]);
  });

  it('end for those who watch, and free their task', async () => {
    const { book, disk, runs } = openBook();
    const task = 'a'.repeat(16);
    const run = book.start({ ...BACKUP, task }, async (recorder) => {
      await nextTurn();
      disk.full = true;
      recorder.log('info', 'backup.archive', { path: 'done' });
    });
    const events = await eventsOf(book, run.id);
    expect(events.at(-1)).toMatchObject({ event: 'ended', run: { state: 'succeeded' } });
    expect(events).toContainEqual({
      event: 'log',
      line: expect.objectContaining({ level: 'error', text: expect.stringContaining('disk is full') }),
    });
    expect(book.isTaskBusy(task)).toBe(false);
    expect(book.show(run.id).state).toBe('succeeded');
    expect(runs.get(run.id).state).toBe('running');
    disk.full = false;
    await book.close();
    expect(runs.get(run.id).state).toBe('succeeded');
    expect(runs.log(run.id).map(({ text }) => text)).toContain('the archive is done');
  });
});

describe('a run book', () => {
  it('starts nothing once it closes', async () => {
    const { book, runs } = openBook();
    const { work, end } = held();
    const run = book.start(BACKUP, work);
    const closing = book.close();
    expect(() => book.start(BACKUP, work)).toThrow(expect.objectContaining({ code: 'engine.stopping' }));
    end();
    await closing;
    expect(() => book.start(BACKUP, work)).toThrow(expect.objectContaining({ code: 'engine.stopping' }));
    expect(runs.list({ limit: 10 }).map(({ id }) => id)).toEqual([run.id]);
  });

  it('refuses to start a run that is under way', async () => {
    const { book } = openBook();
    const { work, end } = held();
    const run = book.start(BACKUP, work);
    expect(() => book.start({ ...BACKUP, resume: run }, work)).toThrow(
      expect.objectContaining({ code: 'engine.not-resumable' }),
    );
    end();
    expect(await book.finished(run.id)).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['cancelled', (book: RunBook, run: string) => book.cancel(run)],
    ['interrupted', (book: RunBook) => void book.close()],
  ] as const)('ends the step that was under way as %s', async (state, stop) => {
    const { book } = openBook();
    const untilAborted = (recorder: RunRecorder, signal: AbortSignal) =>
      recorder.during(
        'capture',
        'zk',
        () =>
          new Promise<void>((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      );
    const run = book.start(BACKUP, untilAborted);
    stop(book, run.id);
    const ended = await book.finished(run.id);
    expect(ended).toMatchObject({ state, steps: [{ state, ended: expect.any(String) }] });
  });

  it('ends a failed step as failed', async () => {
    const { book } = openBook();
    const run = book.start(BACKUP, (recorder) =>
      recorder.during('capture', 'zk', () =>
        Promise.reject(new HoldfastError('storage.full', { path: 'x' })),
      ),
    );
    expect(await book.finished(run.id)).toMatchObject({ state: 'failed', steps: [{ state: 'failed' }] });
  });

  it('does not keep a watcher that has left before it came', async () => {
    const { book } = openBook();
    const { work, end } = held();
    const run = book.start(BACKUP, work);
    const seen: RunEvent[] = [];
    for await (const event of book.watch(run.id, AbortSignal.abort())) seen.push(event);
    expect(seen).toEqual([]);
    end();
    await book.finished(run.id);
  });
});
