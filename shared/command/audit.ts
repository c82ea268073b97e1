import type { AuditEntry } from '../model/audit.ts';
import { commandLine } from './command.ts';

/** `holdfast audit list …`. */
export function auditCommand(filter: {
  readonly user?: string | undefined;
  readonly procedure?: string | undefined;
  readonly outcome?: AuditEntry['outcome'] | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}): string {
  return commandLine([
    'audit',
    'list',
    { flag: 'user', value: filter.user },
    { flag: 'action', value: filter.procedure },
    { flag: 'outcome', value: filter.outcome },
    { flag: 'since', value: filter.since },
    { flag: 'until', value: filter.until },
  ]);
}
