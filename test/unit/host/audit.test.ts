import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditLog } from '../../../main/host/audit/audit-log.ts';
import { type AuditQuery, auditPage, readAudit } from '../../../main/host/audit/read-audit.ts';
import { subjectOf } from '../../../main/host/audit/subject.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { MOST_AUDIT_FILES } from '../../../shared/model/audit.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-audit-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const problems: unknown[] = [];
const open = (fileBytes: number, dataDirectory = folder) =>
  new AuditLog({
    dataDirectory,
    now: () => new Date('2026-01-01T00:00:00Z'),
    fileBytes,
    onProblem: (error) => problems.push(error),
  });
const entry = (name: string) => ({
  user: 'anna',
  role: 'admin' as const,
  face: 'rpc' as const,
  procedure: 'tasks.run',
  subject: { name },
  outcome: 'done' as const,
});

describe('the audit log', () => {
  it('keeps the last entries in a fixed number of files, in order, whole', async () => {
    const log = open(2000);
    await Promise.all(Array.from({ length: 200 }, (_, index) => log.note(entry(`t${index}`))));
    const names = await readdir(folder);
    expect(names).toHaveLength(MOST_AUDIT_FILES);
    for (const name of names) {
      const { size, mode } = await stat(join(folder, name));
      expect(size).toBeLessThanOrEqual(2000);
      expect(mode & 0o777).toBe(0o600);
    }
    const kept = await readAudit(folder, { limit: 1000 });
    const numbers = kept.map(({ subject }) => Number(String(subject.name).slice(1)));
    expect(numbers).toEqual(Array.from({ length: kept.length }, (_, index) => 200 - kept.length + index));
    expect(kept.length).toBeGreaterThan(50);
    const last = await readAudit(folder, { limit: 3 });
    expect(last.map(({ subject }) => subject.name)).toEqual(['t197', 't198', 't199']);
  });

  it('gives page after page, newest first, while it grows and its files move on', async () => {
    const log = open(2000);
    for (let index = 0; index < 40; index++) await log.note(entry(`t${index}`));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await auditPage(folder, { limit: 7, after });
      seen.push(...page.map(({ subject }) => String(subject.name)));
      after = page.at(-1)?.id;
      // As many as make a file of their own: the ones to come are found under another name.
      if (seen.length === 7) for (let index = 0; index < 15; index++) await log.note(entry(`new${index}`));
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => `t${39 - index}`));
    expect(await auditPage(folder, { limit: 7, after: 'gone-100' })).toEqual([]);
  });

  it('is narrowed by who, what, how it ended and when', async () => {
    let now = 0;
    const log = new AuditLog({
      dataDirectory: folder,
      now: () => new Date(Date.UTC(2026, 0, ++now)),
      onProblem: (error) => problems.push(error),
    });
    await log.note(entry('a'));
    await log.note({ ...entry('b'), user: 'otto' });
    await log.note({ ...entry('c'), procedure: 'tasks.remove' });
    await log.note({ ...entry('d'), procedure: 'tasksomething.run', outcome: 'refused' });
    const names = async (query: Partial<AuditQuery>) =>
      (await readAudit(folder, { limit: 9, ...query })).map(({ subject }) => subject.name);
    expect(await names({ user: 'otto' })).toEqual(['b']);
    expect(await names({ procedure: 'tasks.run' })).toEqual(['a', 'b']);
    expect(await names({ procedure: 'tasks' })).toEqual(['a', 'b', 'c']);
    expect(await names({ outcome: 'refused' })).toEqual(['d']);
    const [since, until] = ['2026-01-02T00:00:00.000Z', '2026-01-04T00:00:00.000Z'];
    expect(await names({ since, until })).toEqual(['b', 'c']);
  });

  it('is read past a line that a crash cut off', async () => {
    const log = open(10_000);
    await log.note(entry('a'));
    const file = join(folder, 'audit.ndjson');
    await writeFile(file, `${await readFile(file, 'utf8')}{"at":"2026-01-0\n`);
    await log.note(entry('b'));
    expect((await readAudit(folder, { limit: 9 })).map(({ subject }) => subject.name)).toEqual(['a', 'b']);
  });

  it('notes how a change ended, and lets its error pass', async () => {
    const log = open(10_000);
    const { outcome: _, ...call } = entry('a');
    expect(await log.noting(call, async () => 7)).toBe(7);
    const failure = new HoldfastError('catalog.no-task', { name: 'a' });
    await expect(log.noting(call, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await readAudit(folder, { limit: 9 })).toMatchObject([
      { outcome: 'done' },
      { outcome: 'failed', code: 'catalog.no-task' },
    ]);
  });

  it('holds up nobody when it cannot be written', async () => {
    const log = open(10_000, join(folder, 'gone'));
    const { outcome: _, ...call } = entry('a');
    expect(await log.noting(call, async () => 7)).toBe(7);
    expect(problems).toHaveLength(1);
  });

  it('names what was changed, and never its values', () => {
    const input = {
      name: 'prod',
      pinned: true,
      names: ['a', 'b'],
      passphrase: 'secret',
      options: { password: 'secret' },
      services: [{ service: 's', options: { password: 'secret' } }],
      protector: { kind: 'passphrase', passphrase: 'secret' },
    };
    expect(subjectOf(input)).toEqual({ name: 'prod', pinned: true, names: 'a, b' });
    expect(subjectOf({ name: 'x'.repeat(500) })).toEqual({ name: 'x'.repeat(100) });
    expect(subjectOf('secret')).toEqual({});
  });
});
