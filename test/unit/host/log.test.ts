import { describe, expect, it } from 'vitest';
import { type LogLevel, logStorageCalls, logTo } from '../../../main/host/log.ts';

function loggedAt(level: LogLevel, calls: readonly { outcome: string; code?: string }[]): unknown[] {
  const lines: string[] = [];
  const log = logStorageCalls(logTo({ write: (line: string) => void lines.push(line) }, level));
  for (const call of calls) log(call);
  return lines.map((line) => JSON.parse(line));
}

const FAILED = { outcome: 'failed', code: 'storage.full' };
const MISSING = { outcome: 'failed', code: 'storage.missing' };
const OK = { outcome: 'ok' };

describe('the log of storage calls', () => {
  it('has the failed ones where nothing else is asked for', () => {
    expect(loggedAt('info', [OK, FAILED, MISSING])).toEqual([expect.objectContaining(FAILED)]);
  });

  it('has all of them for whoever looks closely', () => {
    expect(loggedAt('debug', [OK, FAILED, MISSING])).toHaveLength(3);
  });

  it('has none of them where only errors are wanted', () => {
    expect(loggedAt('error', [OK, FAILED, MISSING])).toEqual([]);
  });
});
