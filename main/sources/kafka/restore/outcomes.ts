import { sameInBoth } from '../../../../shared/errors/text.ts';
import {
  type OutcomeCode,
  type OutcomeParams,
  outcomeText,
} from '../../../../shared/messages/step-outcomes.ts';
import type { RestoreStep, StepOutcome } from '../../../../shared/model/restore.ts';
import { isKafkaError, type KafkaErrorCode } from '../../../protocols/kafka/index.ts';
import { isDenied } from '../faults.ts';

export const APPLIED: StepOutcome = { outcome: 'applied' };
export const ALREADY: StepOutcome = { outcome: 'already' };

export function conflict<C extends OutcomeCode>(code: C, ...params: OutcomeParams<C>): StepOutcome {
  return { outcome: 'conflict', found: outcomeText(code, ...params) };
}

export function failed<C extends OutcomeCode>(code: C, ...params: OutcomeParams<C>): StepOutcome {
  return { outcome: 'failed', problem: outcomeText(code, ...params) };
}

/** Of a step that the cluster refused in its own words. */
export function refused(problem: string): StepOutcome {
  return { outcome: 'failed', problem: sameInBoth(problem) };
}

/** Of a step on a group that is active. */
export const GROUP_HAS_MEMBERS: StepOutcome = failed('has-members');

const PROBLEMS: { readonly [code: string]: StepOutcome } = {
  UNKNOWN_MEMBER_ID: GROUP_HAS_MEMBERS,
  NON_EMPTY_GROUP: GROUP_HAS_MEMBERS,
  GROUP_SUBSCRIBED_TO_TOPIC: GROUP_HAS_MEMBERS,
  ILLEGAL_GENERATION: GROUP_HAS_MEMBERS,
  REBALANCE_IN_PROGRESS: GROUP_HAS_MEMBERS,
  STALE_MEMBER_EPOCH: GROUP_HAS_MEMBERS,
  FENCED_MEMBER_EPOCH: GROUP_HAS_MEMBERS,
  SECURITY_DISABLED: failed('no-authorizer'),
  TOPIC_DELETION_DISABLED: failed('deletion-disabled'),
};

const CONFLICTS: { readonly [code: string]: StepOutcome } = {
  TOPIC_ALREADY_EXISTS: conflict('created'),
  INVALID_PARTITIONS: conflict('partitions-changed'),
};

const GONE: readonly KafkaErrorCode[] = ['UNKNOWN_TOPIC_OR_PARTITION', 'GROUP_ID_NOT_FOUND'];

/** After these it has to be looked whether the change was made, and it can be tried again. */
const OPEN: readonly KafkaErrorCode[] = [
  'Unreachable',
  'TimedOut',
  'BROKER_ID_NOT_REGISTERED',
  'BROKER_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'NOT_CONTROLLER',
  'NOT_COORDINATOR',
  'REQUEST_TIMED_OUT',
  'THROTTLING_QUOTA_EXCEEDED',
];

/** What a controller says of replicas that are all on brokers that are down, or not yet back. */
const AWAY = /fenced|shutdown/;

/** True where a later look tells more: the change may have been made, or can be made a little later. */
export function isOpen(error: Error): boolean {
  if (!isKafkaError(error)) return false;
  if (error.outcomeUnknown || OPEN.includes(error.code)) return true;
  return error.code === 'INVALID_REPLICA_ASSIGNMENT' && AWAY.test(error.detail);
}

/** True for a refusal that an earlier try of the same step explains, when its outcome was unknown. */
export function mayBeOwnDoing(error: Error): boolean {
  return isKafkaError(error) && error.code in CONFLICTS;
}

/** What the cluster's refusal of a change means for its step. */
export function refusal({ action }: RestoreStep, error: Error): StepOutcome {
  if (!isKafkaError(error)) return refused(error.message);
  if (GONE.includes(error.code)) return action === 'remove' ? ALREADY : conflict('parent-gone');
  const found = CONFLICTS[error.code];
  if (found !== undefined) return found;
  if (isDenied(error)) return failed('not-allowed-because', { problem: error.message });
  return PROBLEMS[error.code] ?? refused(error.message);
}
