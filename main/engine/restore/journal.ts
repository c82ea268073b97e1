import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncDirectory } from '../../files/sync-directory.ts';
import { unless } from '../../files/system-errors.ts';

/*
 * What a restore has done so far, one JSON object a line. A line is written after the effect is certain and
 * before more than a batch of further steps is sent. After a crash the last line may be cut: it is ignored, and
 * its steps are tried again, which their source answers with `already`.
 */

const outcomeName = z.enum(['applied', 'already', 'conflict', 'failed']);

const journalLine = z.discriminatedUnion('line', [
  /** The undo point of a service is in place: from here on the cluster may be changed. */
  z.object({ line: z.literal('undo'), service: z.string(), path: z.string() }),
  z.object({
    line: z.literal('done'),
    service: z.string(),
    phase: z.string(),
    outcome: outcomeName,
    steps: z.array(z.int()),
  }),
]);
export type JournalLine = z.infer<typeof journalLine>;
export type OutcomeName = z.infer<typeof outcomeName>;

/** Appends lines; each call resolves when they would survive a crash of this process. */
export class Journal {
  readonly #file: Awaited<ReturnType<typeof open>>;
  #tail: Promise<void> = Promise.resolve();

  private constructor(file: Awaited<ReturnType<typeof open>>) {
    this.#file = file;
  }

  static async open(path: string): Promise<Journal> {
    const file = await open(path, 'a', 0o600);
    try {
      // A crash may have cut the last line: what follows must start on a line of its own.
      if ((await file.stat()).size > 0) await file.write('\n');
      // Without its name the journal would be empty after a crash, and the undo point one that nobody took.
      await syncDirectory(dirname(path));
      return new Journal(file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  append(line: JournalLine): Promise<void> {
    this.#tail = this.#tail.then(async () => {
      await this.#file.write(`${JSON.stringify(line)}\n`);
    });
    return this.#tail;
  }

  /** Resolves when everything appended would survive a crash of the machine. */
  async sync(): Promise<void> {
    await this.#tail;
    await this.#file.datasync();
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.#file.close();
    }
  }
}

/** What the journal of an earlier attempt says. */
export interface JournalState {
  /** Services that have their undo point. */
  readonly undone: ReadonlyMap<string, string>;
  isDone(service: string, phase: string, step: number): boolean;
  /** What became of a step at last; undefined: it was not tried, as far as the journal knows. */
  outcome(service: string, phase: string, step: number): OutcomeName | undefined;
}

/** Reads a journal; a missing one is empty, a cut or damaged line is as if it had not been written. */
export async function readJournal(path: string): Promise<JournalState> {
  const undone = new Map<string, string>();
  const outcomes = new Map<string, Map<number, OutcomeName>>();
  for (const text of ((await unless(['ENOENT'], readFile(path, 'utf8'))) ?? '').split('\n')) {
    const line = parseLine(text);
    if (line?.line === 'undo') undone.set(line.service, line.path);
    if (line?.line !== 'done') continue;
    const place = phasePlace(line.service, line.phase);
    const steps = outcomes.get(place) ?? new Map<number, OutcomeName>();
    for (const step of line.steps) if (!isOver(steps.get(step))) steps.set(step, line.outcome);
    outcomes.set(place, steps);
  }
  const outcome: JournalState['outcome'] = (service, phase, step) =>
    outcomes.get(phasePlace(service, phase))?.get(step);
  return { undone, outcome, isDone: (...step) => isOver(outcome(...step)) };
}

/** Nothing more is done about a step after that. */
function isOver(outcome: OutcomeName | undefined): boolean {
  return outcome === 'applied' || outcome === 'already';
}

function phasePlace(service: string, phase: string): string {
  return JSON.stringify([service, phase]);
}

function parseLine(text: string): JournalLine | undefined {
  try {
    return journalLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
