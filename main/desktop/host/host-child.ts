import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Params } from '../../../shared/errors/text.ts';
import { errorReport } from '../../../shared/model/run.ts';
import { type HostAddress, hostAddress } from '../../engine/announcement.ts';

/** A process that was just started, whatever started it. */
export interface RawChild {
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  /** Resolves when it has ended, or could not be started, with why. */
  readonly exited: Promise<string>;
  /** Asks it to end cleanly. */
  stop(): void;
  /** Ends it whatever it does. */
  kill(): void;
}

/** Why a host is not there. `code` is one of the error table where the host itself said why. */
export interface HostProblem {
  readonly code?: string;
  readonly params: Params;
  /** Absent where nobody knows whether it would start the next time. */
  readonly retryable?: boolean;
  /** The end of what it wrote, in English. */
  readonly text: string;
}

/** A host that runs, and ends some day. */
export interface RunningHost {
  readonly url: string;
  /** Absent where its token is not ours to know. */
  readonly tokenFile?: string;
  /** Ends with this program. */
  readonly isOwn: boolean;
  /** Resolves when it is gone. */
  readonly ended: Promise<HostProblem>;
  /** Resolves when it is gone, or cannot be ended. Nothing happens to a host that is not ours. */
  stop(): Promise<void>;
}

/** A host that ended before it served. */
export class HostNotStarted extends Error {
  override readonly name = 'HostNotStarted';
  readonly problem: HostProblem;

  constructor(problem: HostProblem) {
    super(problem.text);
    this.problem = problem;
  }
}

const failed = z.object({ error: errorReport });
/** Characters of what it writes to stderr that are kept. */
const LAST_WORDS = 4000;
/** Milliseconds that a host may take to end: its runs are interrupted cleanly. */
const PATIENCE = 30_000;
/** The same for one that does not serve yet: it has no runs. */
const PATIENCE_BEFORE = 5000;
/** Milliseconds that the system may take to end it by force. */
const BY_FORCE = 3000;

/**
 * Follows a host that was just started; resolves when it serves. `signal` ends it before that.
 * @throws HostNotStarted with what it said
 */
export async function followHost(child: RawChild, signal: AbortSignal): Promise<RunningHost> {
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-LAST_WORDS);
  });
  const lines = createInterface(child.stdout);
  const first = new Promise<string>((resolve) => lines.once('line', resolve));
  const ended = child.exited.then((reason): HostProblem => ({ params: {}, text: words.trim() || reason }));
  const settled = new AbortController();
  const unwanted = aborted(signal, settled.signal).then(() => ({
    problem: { params: {}, text: 'stopped before it served' },
  }));
  const said = await Promise.race([first.then(read), ended.then((problem) => ({ problem })), unwanted]);
  settled.abort();
  if ('problem' in said) {
    await end(child, PATIENCE_BEFORE);
    throw new HostNotStarted(said.problem);
  }
  return { ...said, isOwn: true, ended, stop: () => end(child, PATIENCE) };
}

/** Resolves when the signal fires; `settled`: from when on it is not listened to. */
function aborted(signal: AbortSignal, settled: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: settled });
  });
}

function read(line: string): HostAddress | { readonly problem: HostProblem } {
  const parsed = parseJson(line);
  const served = hostAddress.safeParse(parsed);
  if (served.success) return served.data;
  const refused = failed.safeParse(parsed);
  if (!refused.success) return { problem: { params: {}, text: line } };
  const { code, params, message, retryable } = refused.data.error;
  return { problem: { code, params, retryable, text: message } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function end(child: RawChild, patience: number): Promise<void> {
  child.stop();
  if (await endsWithin(child, patience)) return;
  child.kill();
  // Nobody waits for one that even so does not end: it may hang in a disk.
  await endsWithin(child, BY_FORCE);
}

async function endsWithin(child: RawChild, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const hasEnded = await Promise.race([child.exited.then(() => true), late]);
  clearTimeout(timer);
  return hasEnded;
}
