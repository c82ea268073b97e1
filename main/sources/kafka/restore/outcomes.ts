import type { RestoreStep, StepOutcome } from '../../../../shared/model/restore.ts';
import { isKafkaError, type KafkaErrorCode } from '../../../protocols/kafka/index.ts';
import { isDenied } from '../faults.ts';

export const APPLIED: StepOutcome = { outcome: 'applied' };
export const ALREADY: StepOutcome = { outcome: 'already' };

export function conflict(found: string): StepOutcome {
  return { outcome: 'conflict', found };
}

export function failed(problem: string): StepOutcome {
  return { outcome: 'failed', problem };
}

const WITH_MEMBERS = 'the group has members: stop its clients, then go on';
/** Of a step on a group that is active. */
export const GROUP_HAS_MEMBERS: StepOutcome = failed(WITH_MEMBERS);

const PROBLEMS: { readonly [code: string]: string } = {
  UNKNOWN_MEMBER_ID: WITH_MEMBERS,
  NON_EMPTY_GROUP: WITH_MEMBERS,
  GROUP_SUBSCRIBED_TO_TOPIC: WITH_MEMBERS,
  ILLEGAL_GENERATION: WITH_MEMBERS,
  REBALANCE_IN_PROGRESS: WITH_MEMBERS,
  STALE_MEMBER_EPOCH: WITH_MEMBERS,
  FENCED_MEMBER_EPOCH: WITH_MEMBERS,
  SECURITY_DISABLED: 'the cluster has no authorizer that keeps rules',
  TOPIC_DELETION_DISABLED: 'the cluster does not let topics be deleted (delete.topic.enable)',
};

const CONFLICTS: { readonly [code: string]: string } = {
  TOPIC_ALREADY_EXISTS: 'it was created meanwhile',
  INVALID_PARTITIONS: 'its partitions were changed meanwhile',
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
  if (!isKafkaError(error)) return failed(error.message);
  if (GONE.includes(error.code))
    return action === 'remove' ? ALREADY : conflict('what it belongs to is gone');
  const found = CONFLICTS[error.code];
  if (found !== undefined) return conflict(found);
  if (isDenied(error)) return failed(`the account is not allowed to: ${error.message}`);
  return failed(PROBLEMS[error.code] ?? error.message);
}
