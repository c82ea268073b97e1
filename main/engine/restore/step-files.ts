import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { type RestoreStep, restoreStep } from '../../../shared/model/restore.ts';
import { classify } from '../../files/classify.ts';
import { unless } from '../../files/system-errors.ts';

/*
 * The steps of a plan: per service and phase one NDJSON file, in the order in which they were planned. A step is
 * named by its line number there. Phases are applied forward or in reverse, so files are read both ways.
 */

const READ_CHUNK = 256 * 1024;
const WRITE_CHUNK = 256 * 1024;
const LINE_FEED = 10;

const ACTIONS: ReadonlySet<unknown> = new Set(restoreStep.shape.action.options);
const FIDELITIES: ReadonlySet<unknown> = new Set(restoreStep.shape.fidelity.options);

/** The most steps that are read at once. */
export const STEPS_PER_BATCH = 500;

/** A step with the number of its line. */
export interface NumberedStep {
  readonly number: number;
  readonly step: RestoreStep;
}

/**
 * Writes the steps of one service, each to its phase's file.
 * @throws HoldfastError `storage.full`, `engine.data-directory-unusable` from `write` and from `close`
 */
export class StepWriter {
  readonly #directory: string;
  readonly #files = new Map<string, PhaseFile>();
  readonly #counts = new Map<string, number>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async create(directory: string): Promise<StepWriter> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new StepWriter(directory);
  }

  /** A promise is backpressure. */
  write(step: RestoreStep): void | Promise<void> {
    const counted = `${step.phase} ${step.action}`;
    this.#counts.set(counted, (this.#counts.get(counted) ?? 0) + 1);
    return this.#file(step.phase).add(`${JSON.stringify(step)}\n`);
  }

  /** Closes the files, whatever became of them; resolves when what was written would survive a crash. */
  async close(): Promise<void> {
    const closed = await Promise.allSettled([...this.#files.values()].map((file) => file.close()));
    for (const file of closed) if (file.status === 'rejected') throw file.reason;
  }

  /** How many steps there are of each phase and action. */
  counts(): readonly { phase: string; action: string; steps: number }[] {
    return [...this.#counts].map(([counted, steps]) => {
      const [phase, action] = counted.split(' ') as [string, string];
      return { phase, action, steps };
    });
  }

  #file(phase: string): PhaseFile {
    let file = this.#files.get(phase);
    if (file === undefined) {
      file = new PhaseFile(join(this.#directory, `${phase}.ndjson`));
      this.#files.set(phase, file);
    }
    return file;
  }
}

/** A file being written: lines are gathered, writes follow one another, and nothing is written after a failure. */
class PhaseFile {
  readonly #path: string;
  readonly #opened: Promise<FileHandle>;
  #written: Promise<unknown>;
  #gathered: string[] = [];
  #size = 0;

  constructor(path: string) {
    this.#path = path;
    this.#opened = open(path, 'w', 0o600);
    this.#written = this.#opened;
    this.#opened.catch(() => {});
  }

  add(line: string): void | Promise<void> {
    this.#gathered.push(line);
    this.#size += line.length;
    if (this.#size >= WRITE_CHUNK) return this.#flush();
  }

  async close(): Promise<void> {
    const file = await this.#opened.catch(() => undefined);
    try {
      await this.#flush();
      await file?.datasync();
    } finally {
      await file?.close();
    }
  }

  #flush(): Promise<void> {
    const text = this.#gathered.join('');
    this.#gathered = [];
    this.#size = 0;
    const before = this.#written;
    const written = this.#append(before, text);
    this.#written = written;
    // Whoever waits for it, now or at the end, hears of a failure; until then it is nobody's.
    written.catch(() => {});
    return written;
  }

  async #append(before: Promise<unknown>, text: string): Promise<void> {
    try {
      await before;
      await (await this.#opened).appendFile(text);
    } catch (error) {
      throw unwritten(this.#path, error);
    }
  }
}

function unwritten(path: string, error: unknown): HoldfastError {
  if (error instanceof HoldfastError) return error;
  const classified = classify(error, path);
  if (classified instanceof HoldfastError && classified.code === 'storage.full') return classified;
  const problem = error instanceof Error ? error.message : String(error);
  return new HoldfastError('engine.data-directory-unusable', { path, problem }, error);
}

/** Steps of a phase in the order asked for, in batches. A phase without a file has none. */
export async function* readSteps(
  directory: string,
  phase: string,
  order: 'forward' | 'reverse',
): AsyncGenerator<readonly NumberedStep[]> {
  const path = join(directory, `${phase}.ndjson`);
  const forward = order === 'forward';
  let number = forward ? 0 : (await countLines(path)) - 1;
  for await (const lines of forward ? linesForward(path) : linesBackward(path)) {
    for (let at = 0; at < lines.length; at += STEPS_PER_BATCH) {
      yield lines.slice(at, at + STEPS_PER_BATCH).map((line) => ({
        number: forward ? number++ : number--,
        step: decodeStep(line),
      }));
    }
  }
}

/**
 * A step as it was written. The schema copies what it checks, and a restore reads as many steps as a cluster has objects:
 * it only decides where a look at the members finds something amiss.
 */
function decodeStep(line: string): RestoreStep {
  const json: unknown = JSON.parse(line);
  return isStep(json) ? json : restoreStep.parse(json);
}

/** True for what JSON gave and the schema lets pass. */
function isStep(json: unknown): json is RestoreStep {
  if (!isObject(json)) return false;
  const { phase, action, kind, key, from, expect, members, fidelity } = json;
  return (
    typeof phase === 'string' &&
    ACTIONS.has(action) &&
    typeof kind === 'string' &&
    isStrings(key) &&
    (from === undefined || isStrings(from)) &&
    (expect === null || isObject(expect)) &&
    isStrings(members) &&
    FIDELITIES.has(fidelity)
  );
}

function isObject(json: unknown): json is { readonly [member: string]: unknown } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isStrings(json: unknown): boolean {
  return Array.isArray(json) && json.every((item) => typeof item === 'string');
}

/** The lines of a file in its order, as many at a time as were read. */
async function* linesForward(path: string): AsyncGenerator<readonly string[]> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  let buffer = Buffer.allocUnsafe(READ_CHUNK);
  let filled = 0;
  try {
    for (;;) {
      if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled);
      if (bytesRead === 0) return;
      filled += bytesRead;
      const end = buffer.subarray(0, filled).lastIndexOf(LINE_FEED) + 1;
      if (end === 0) continue;
      yield wholeLines(buffer.subarray(0, end));
      buffer.copyWithin(0, end, filled);
      filled -= end;
    }
  } finally {
    await file.close();
  }
}

/** The lines of a file from its last one on. */
async function* linesBackward(path: string): AsyncGenerator<readonly string[]> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  try {
    let end = (await file.stat()).size;
    let rest: Buffer = Buffer.alloc(0);
    while (end > 0) {
      const start = Math.max(0, end - READ_CHUNK);
      const chunk = Buffer.alloc(end - start);
      await file.read(chunk, 0, chunk.length, start);
      const bytes = Buffer.concat([chunk, rest]);
      const first = start === 0 ? 0 : bytes.indexOf(LINE_FEED) + 1;
      yield wholeLines(bytes.subarray(first)).reverse();
      rest = bytes.subarray(0, first);
      end = start;
    }
  } finally {
    await file.close();
  }
}

/** Not `readLines`: it also splits at U+2028, which JSON leaves as it is. */
function wholeLines(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

async function countLines(path: string): Promise<number> {
  const file = await openIfThere(path);
  if (file === undefined) return 0;
  let count = 0;
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      for (const byte of chunk as Buffer) if (byte === LINE_FEED) count++;
    }
  } finally {
    await file.close();
  }
  return count;
}

function openIfThere(path: string): Promise<FileHandle | undefined> {
  return unless(['ENOENT'], open(path, 'r'));
}
