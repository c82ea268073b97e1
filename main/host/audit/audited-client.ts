import type { AuditEntry } from '../../../shared/model/audit.ts';
import { ruleOf } from '../access/rules.ts';
import type { AuditLog } from './audit-log.ts';
import { subjectOf } from './subject.ts';

interface DirectCall {
  readonly path: readonly string[];
  readonly input: unknown;
  next(): Promise<unknown>;
}

/** Notes the changes that a program makes with an engine of its own, which no host sees. */
export function auditingCalls(
  audit: AuditLog,
  who: Pick<AuditEntry, 'user' | 'role' | 'face'>,
): (call: DirectCall) => Promise<unknown> {
  return ({ path, input, next }) => {
    if (ruleOf(path)?.changes !== true) return next();
    return audit.noting({ ...who, procedure: path.join('.'), subject: subjectOf(input) }, next);
  };
}
