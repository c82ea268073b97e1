import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEntry, auditEntry, auditFile, MOST_AUDIT_FILES } from '../../../shared/model/audit.ts';

export interface AuditQuery {
  /** The last so many. */
  readonly limit: number;
  /** Only of this user. */
  readonly user?: string;
}

/** The last entries of the audit log, oldest first. One that was cut off by a crash is left out. */
export async function readAudit(dataDirectory: string, query: AuditQuery): Promise<readonly AuditEntry[]> {
  let found: readonly AuditEntry[] = [];
  for (let index = 0; index < MOST_AUDIT_FILES && found.length < query.limit; index++) {
    const file = join(dataDirectory, auditFile(index));
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) break;
    const entries = text.split('\n').flatMap(parseLine);
    const wanted = entries.filter(({ user }) => query.user === undefined || user === query.user);
    found = [...wanted, ...found];
  }
  return found.slice(-query.limit);
}

function parseLine(line: string): readonly AuditEntry[] {
  try {
    const parsed = auditEntry.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
