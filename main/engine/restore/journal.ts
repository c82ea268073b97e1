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

/** More steps in a row than any line tells of: what says so is damaged. */
const LONGEST_RUN = 1_000_000;

/** From the first step to the last, both included. */
const stepRun = z
  .tuple([z.int(), z.int()])
  .refine(([first, last]) => first <= last && last - first < LONGEST_RUN);

const journalLine = z.discriminatedUnion('line', [
  /** The undo point of a service is in place: from here on the cluster may be changed. */
  z.object({ line: z.literal('undo'), service: z.string(), path: z.string() }),
  z.object({
    line: z.literal('done'),
    service: z.string(),
    phase: z.string(),
    outcome: outcomeName,
    /** Numbers of steps, those that follow one another as a run. Older journals have numbers only. */
    steps: z.array(z.union([z.int(), stepRun])),
  }),
]);
export type JournalLine = z.infer<typeof journalLine>;
export type OutcomeName = z.infer<typeof outcomeName>;
type JournalledSteps = Extract<JournalLine, { line: 'done' }>['steps'];

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
  const services = new Map<string, Map<string, Map<number, OutcomeName>>>();
  for (const text of ((await unless(['ENOENT'], readFile(path, 'utf8'))) ?? '').split('\n')) {
    const line = parseLine(text);
    if (line?.line === 'undo') undone.set(line.service, line.path);
    if (line?.line !== 'done') continue;
    const phases = services.get(line.service) ?? new Map<string, Map<number, OutcomeName>>();
    services.set(line.service, phases);
    const steps = phases.get(line.phase) ?? new Map<number, OutcomeName>();
    phases.set(line.phase, steps);
    for (const step of numbersOf(line.steps)) if (!isOver(steps.get(step))) steps.set(step, line.outcome);
  }
  const outcome: JournalState['outcome'] = (service, phase, step) =>
    services.get(service)?.get(phase)?.get(step);
  return { undone, outcome, isDone: (...step) => isOver(outcome(...step)) };
}

/** Nothing more is done about a step after that. */
function isOver(outcome: OutcomeName | undefined): boolean {
  return outcome === 'applied' || outcome === 'already';
}

/** Step numbers as a line has them: most steps come to the same outcome as those beside them. */
export function runsOf(numbers: readonly number[]): JournalledSteps {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map((run) => (run[0] === run[1] ? run[0] : run));
}

/** The step numbers of a line, one by one. */
export function* numbersOf(steps: JournalledSteps): Generator<number> {
  for (const step of steps) {
    if (typeof step === 'number') yield step;
    else for (let number = step[0]; number <= step[1]; number++) yield number;
  }
}

function parseLine(text: string): JournalLine | undefined {
  try {
    return journalLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
