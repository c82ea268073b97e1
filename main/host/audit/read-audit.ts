import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEntry, auditEntry, auditFile, MOST_AUDIT_FILES } from '../../../shared/model/audit.ts';

export interface AuditQuery {
  /** The last so many. */
  readonly limit: number;
  /** Only of this user. */
  readonly user?: string | undefined;
  /** Only this procedure, or all of a noun: `tasks.run`, `tasks`. */
  readonly procedure?: string | undefined;
  readonly outcome?: AuditEntry['outcome'] | undefined;
  /** Instants: not before the one, before the other. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** The id of an entry: those before it. */
  readonly after?: string | undefined;
}

/** An entry and where it stands: in which file, however that is called by then, and at which of its bytes. */
export type PlacedEntry = AuditEntry & { readonly id: string };

const LINE_END = 0x0a;

/** The last entries of the audit log, oldest first. One that was cut off by a crash is left out. */
export async function readAudit(dataDirectory: string, query: AuditQuery): Promise<readonly AuditEntry[]> {
  const found = await auditPage(dataDirectory, query);
  return found.map(({ id: _, ...entry }) => entry).reverse();
}

/** The same newest first, with what to go on from. */
export async function auditPage(dataDirectory: string, query: AuditQuery): Promise<readonly PlacedEntry[]> {
  const found: PlacedEntry[] = [];
  const { after } = query;
  let begun = after === undefined;
  for (let index = 0; index < MOST_AUDIT_FILES && found.length < query.limit; index++) {
    const file = await readWhole(join(dataDirectory, auditFile(index)));
    if (file === undefined) break;
    const here = after?.startsWith(`${file.id}-`) === true;
    begun ||= here;
    if (!begun) continue;
    const end = here ? Number(after?.slice(file.id.length + 1)) : file.content.length;
    collect(file, end, query, found);
  }
  return found;
}

interface WholeFile {
  /** Stays when the file is given the name of an older one. */
  readonly id: string;
  readonly content: Buffer;
}

async function readWhole(path: string): Promise<WholeFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const { ino } = await handle.stat({ bigint: true });
    return { id: ino.toString(36), content: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

/** Reads lines backwards from a byte, until there are enough. */
function collect({ id, content }: WholeFile, from: number, query: AuditQuery, found: PlacedEntry[]): void {
  let end = from;
  while (end > 0 && found.length < query.limit) {
    const start = end < 2 ? 0 : content.lastIndexOf(LINE_END, end - 2) + 1;
    const entry = parseLine(content.toString('utf8', start, end));
    if (entry !== undefined && isAskedFor(entry, query)) found.push({ ...entry, id: `${id}-${start}` });
    end = start;
  }
}

function isAskedFor(entry: AuditEntry, { user, procedure, outcome, since, until }: AuditQuery): boolean {
  const at = Date.parse(entry.at);
  return (
    (user === undefined || entry.user === user) &&
    (procedure === undefined ||
      entry.procedure === procedure ||
      entry.procedure.startsWith(`${procedure}.`)) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (since === undefined || at >= Date.parse(since)) &&
    (until === undefined || at < Date.parse(until))
  );
}

function parseLine(line: string): AuditEntry | undefined {
  try {
    return auditEntry.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
