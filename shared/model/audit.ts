import { z } from 'zod';
import { role } from '../contract/session.ts';

/** Files that the audit log is kept in at most. */
export const MOST_AUDIT_FILES = 6;

/** Name of a file of the audit log in the data directory; 0 is the one that is written to, higher ones are older. */
export function auditFile(index: number): string {
  return index === 0 ? 'audit.ndjson' : `audit.${index}.ndjson`;
}

/** How something ended: refused before it was tried, or not. */
export const auditOutcome = z.enum(['done', 'failed', 'refused']);

/** Somebody did something, or was refused. */
export const auditEntry = z.object({
  at: z.iso.datetime(),
  /** A user's name; `(local)` for who has the data directory or the host's token. */
  user: z.string(),
  /** Absent where nobody was let in. */
  role: role.optional(),
  /** Address that it came from; absent for commands that did the work themselves. */
  remote: z.string().optional(),
  face: z.enum(['rpc', 'rest', 'session', 'cli']),
  /** Of the contract, such as `tasks.run`; else `sign-in`, `sign-out`. */
  procedure: z.string(),
  /** Names and ids of what it was done to. */
  subject: z.record(z.string(), z.union([z.string(), z.boolean()])),
  outcome: auditOutcome,
  /** Of the error. */
  code: z.string().optional(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
