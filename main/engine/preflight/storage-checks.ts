import { withSignal } from '../../../shared/abort.ts';
import { reportError } from '../../../shared/errors/error.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { Storage } from '../../storages/contract.ts';
import { oneChunk } from '../streams/one-chunk.ts';
import type { Surroundings } from '../surroundings.ts';

const CLOCK_WARNING_MS = 1000;
const CLOCK_REFUSAL_MS = 5 * 60_000;
const PROBE = new TextEncoder().encode('holdfast preflight\n');

/** Whether archives can be written there: access, space for what is expected, and the storage's clock. */
export async function* checkStorage(
  storage: Storage,
  name: string,
  expectedBytes: number | undefined,
  surroundings: Surroundings,
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  const probe = await probeWrite(storage, name, surroundings, signal);
  yield probe.access;
  yield await checkSpace(storage, name, expectedBytes, signal);
  yield clockCheck(name, probe.skew);
}

interface WriteProbe {
  readonly access: CheckResult;
  /** Milliseconds that the storage's clock is ahead of ours; undefined when it could not be told. */
  readonly skew?: number;
}

async function probeWrite(
  storage: Storage,
  subject: string,
  { clock, randomHex }: Surroundings,
  signal: AbortSignal | undefined,
): Promise<WriteProbe> {
  const path = `holdfast-preflight-${randomHex(4)}`;
  const check = 'storage.access';
  try {
    const before = clock.now().getTime();
    const written = await storage.write(path, oneChunk(PROBE), withSignal(signal));
    const between = (before + clock.now().getTime()) / 2;
    await storage.remove(path, signal);
    return {
      access: { check, subject, result: 'passed', finding: 'An object was written and removed again.' },
      skew: written.modified.getTime() - between,
    };
  } catch (error) {
    signal?.throwIfAborted();
    const { message, remedy } = reportError(error);
    return { access: { check, subject, result: 'failed', finding: message, remedy } };
  }
}

async function checkSpace(
  storage: Storage,
  subject: string,
  expectedBytes: number | undefined,
  signal: AbortSignal | undefined,
): Promise<CheckResult> {
  const check = 'storage.space';
  const free = await freeSpace(storage, signal);
  if (free === undefined) {
    return {
      check,
      subject,
      result: 'unknown',
      finding: 'The storage does not tell how much space is free.',
    };
  }
  if (expectedBytes === undefined) {
    const finding = `${free} bytes are free; how large the backup will be is not known before the first one.`;
    return { check, subject, result: 'unknown', finding };
  }
  const finding = `${free} bytes are free, the last backup took ${expectedBytes}.`;
  if (free >= expectedBytes * 2) return { check, subject, result: 'passed', finding };
  const remedy = 'Free space, lower the number of copies kept, or choose another storage.';
  return { check, subject, result: free < expectedBytes ? 'failed' : 'warning', finding, remedy };
}

async function freeSpace(storage: Storage, signal: AbortSignal | undefined): Promise<number | undefined> {
  try {
    return (await storage.usage(signal)).free;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

function clockCheck(subject: string, skew: number | undefined): CheckResult {
  const check = 'storage.clock';
  if (skew === undefined) {
    return { check, subject, result: 'unknown', finding: 'The storage’s clock could not be read.' };
  }
  const finding = `The storage’s clock differs from this machine’s by ${Math.round(Math.abs(skew))} ms.`;
  if (Math.abs(skew) <= CLOCK_WARNING_MS) return { check, subject, result: 'passed', finding };
  const remedy = 'Let both machines follow the same NTP source.';
  return {
    check,
    subject,
    result: Math.abs(skew) > CLOCK_REFUSAL_MS ? 'failed' : 'warning',
    finding,
    remedy,
  };
}
