import { HoldfastError, reportError } from '../../../shared/errors/error.ts';
import { asReply } from '../../engine/api/reply.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { subjectOf } from '../audit/subject.ts';
import { Throttle } from '../sessions/throttle.ts';
import type { Admission, Caller } from './caller.ts';
import { guardHostFiles } from './host-files.ts';
import { mayAct, type Rule, ruleOf } from './rules.ts';

/** What the host knows about a call to the engine. */
export interface CallContext {
  readonly admission: Admission;
  /** How it came in. */
  readonly face: 'rpc' | 'rest';
}

/** A call on its way to the engine. */
interface Call {
  readonly path: readonly string[];
  readonly input: unknown;
  readonly context: CallContext;
  next(): Promise<unknown>;
}

/** Lets a call through to the engine, or not. */
export type Admit = (call: Call) => Promise<unknown>;

export interface AdmitOptions {
  /** Folders of this machine whose files are open to others than admins. */
  readonly openFolders: readonly string[];
  readonly audit: AuditLog;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** Refusals of one user that are noted at once, and the milliseconds until one more is: nobody may flush the log. */
const NOTED_REFUSALS = { burst: 100, each: 10_000 };

/**
 * Lets calls through while the caller's session lasts and its role allows them. Whatever changes something is noted,
 * and so is what was refused.
 */
export function admitting({ openFolders, audit, now }: AdmitOptions): Admit {
  const refusals = new Throttle({ ...NOTED_REFUSALS, now });
  return async ({ path, input, context, next }) => {
    const { admission, face } = context;
    const { caller } = admission;
    const procedure = path.join('.');
    const rule = ruleOf(path);
    const entry = { ...caller, face, procedure, subject: subjectOf(input) };
    try {
      if (!(await admission.isValid())) throw new HoldfastError('host.unauthorized');
      await guardCall(caller, procedure, rule, input, openFolders);
    } catch (error) {
      if (refusals.take(caller.user) === 0) {
        await audit.note({ ...entry, outcome: 'refused', code: reportError(error).code });
      }
      throw asReply(error);
    }
    return rule?.changes === true ? audit.noting(entry, next) : next();
  };
}

async function guardCall(
  { user, role }: Caller,
  procedure: string,
  rule: Rule | undefined,
  input: unknown,
  openFolders: readonly string[],
): Promise<void> {
  const least = rule?.least ?? 'admin';
  if (rule === undefined || !mayAct(role, least)) throw notPermitted(user, role, procedure, least);
  if (rule.live !== undefined && namesCluster(input) && !mayAct(role, rule.live)) {
    throw notPermitted(user, role, `${procedure} (cluster)`, rule.live);
  }
  if (role === 'admin') return;
  for (const member of rule.adminMembers ?? []) {
    if (typeof input === 'object' && input !== null && Reflect.get(input, member) !== undefined) {
      throw notPermitted(user, role, `${procedure} (${member})`, 'admin');
    }
  }
  await guardHostFiles(input, openFolders);
}

/** Whether one of the places that an input names is a live cluster. */
function namesCluster(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return Object.values(input).some(
    (member: unknown) =>
      typeof member === 'object' && member !== null && Reflect.get(member, 'of') === 'cluster',
  );
}

function notPermitted(user: string, role: string, procedure: string, least: string): HoldfastError {
  return new HoldfastError('host.not-permitted', { user, role, procedure, least });
}
