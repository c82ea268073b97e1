import { oc } from '@orpc/contract';
import { z } from 'zod';
import { auditEntry, auditOutcome } from '../model/audit.ts';
import { page } from './input.ts';

/** What of the audit log is asked for; what is not given does not count. */
const auditFilter = {
  user: z.string().optional(),
  /** A procedure, or the noun before its dot: `tasks.run`, or `tasks` for all of them. */
  procedure: z.string().optional(),
  outcome: auditOutcome.optional(),
  /** Not before. */
  since: z.iso.datetime().optional(),
  /** Before. */
  until: z.iso.datetime().optional(),
};

/** An entry with its place in the log. */
const placedEntry = auditEntry.extend({ id: z.string() });
export type PlacedAuditEntry = z.infer<typeof placedEntry>;

export const audit = {
  /** The last ones first; `after` is the id of the last one of the page before. */
  list: oc.input(z.object({ ...auditFilter, ...page })).output(z.array(placedEntry)),
};
