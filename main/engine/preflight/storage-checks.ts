import { withSignal } from '../../../shared/abort.ts';
import { explainError } from '../../../shared/errors/error.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { Storage } from '../../storages/contract.ts';
import { oneChunk } from '../streams/one-chunk.ts';
import type { Surroundings } from '../surroundings.ts';

const CLOCK_WARNING_MS = 1000;
const CLOCK_REFUSAL_MS = 5 * 60_000;
const WRITTEN = {
  en: 'An object was written and removed again.',
  zh: '已写入一个对象并将其删除。',
};
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
      access: { check, subject, result: 'passed', finding: WRITTEN },
      skew: written.modified.getTime() - between,
    };
  } catch (error) {
    signal?.throwIfAborted();
    const { message, remedy } = explainError(error);
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
      finding: { en: 'The storage does not tell how much space is free.', zh: '该存储不报告可用空间。' },
    };
  }
  if (expectedBytes === undefined) {
    const finding = {
      en: `${free} bytes are free; how large the backup will be is not known before the first one.`,
      zh: `可用空间为 ${free} 字节；首次备份之前无法得知备份大小。`,
    };
    return { check, subject, result: 'unknown', finding };
  }
  const finding = {
    en: `${free} bytes are free, the last backup took ${expectedBytes}.`,
    zh: `可用空间为 ${free} 字节，上次备份占用 ${expectedBytes} 字节。`,
  };
  if (free >= expectedBytes * 2) return { check, subject, result: 'passed', finding };
  const remedy = {
    en: 'Free space, lower the number of copies kept, or choose another storage.',
    zh: '请释放空间、减少保留份数，或选择其他存储。',
  };
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
    const finding = { en: 'The storage’s clock could not be read.', zh: '无法读取存储的时钟。' };
    return { check, subject, result: 'unknown', finding };
  }
  const difference = Math.round(Math.abs(skew));
  const finding = {
    en: `The storage’s clock differs from this machine’s by ${difference} ms.`,
    zh: `存储的时钟与本机相差 ${difference} 毫秒。`,
  };
  if (Math.abs(skew) <= CLOCK_WARNING_MS) return { check, subject, result: 'passed', finding };
  const remedy = {
    en: 'Let both machines follow the same NTP source.',
    zh: '请让两台机器使用同一 NTP 时间源。',
  };
  return {
    check,
    subject,
    result: Math.abs(skew) > CLOCK_REFUSAL_MS ? 'failed' : 'warning',
    finding,
    remedy,
  };
}
