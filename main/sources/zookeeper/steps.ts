import { z } from 'zod';
import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { Stat } from '../../protocols/zookeeper/index.ts';
import type { RestorePhase } from '../contract.ts';
import { ZNODE } from './content.ts';

/** What a restore does, in this order. */
export const phases: readonly RestorePhase[] = [
  // Children are planned before their parents.
  {
    id: 'remove',
    label: { en: 'Remove what the point does not have', zh: '删除恢复点中不存在的节点' },
    order: 'forward',
  },
  // Parents are planned before their children.
  { id: 'write', label: { en: 'Create and change nodes', zh: '创建和修改节点' }, order: 'forward' },
  { id: 'counters', label: { en: 'Raise sequence counters', zh: '提升顺序计数器' }, order: 'forward' },
  // From the bottom up: what a node's ACL forbids has been done below it.
  { id: 'protect', label: { en: 'Set ACLs', zh: '设置 ACL' }, order: 'forward' },
];

/** The live version that a step was planned on: the members that its change is bound to. */
const expectation = z.object({
  /** Zxids, decimal. `czxid` tells one incarnation of a node from the next. */
  czxid: z.string().optional(),
  mzxid: z.string().optional(),
  version: z.number().optional(),
  aversion: z.number().optional(),
});
export type Expectation = z.infer<typeof expectation>;

/** @throws ZodError when the plan was not written by this source. */
export function expectationOf(step: RestoreStep): Expectation | null {
  return step.expect === null ? null : expectation.parse(step.expect);
}

/** The node is to be created. With `acl` among the members it gets its ACL at once, else at the end. */
export function createStep(key: Key, from: Key | undefined, protectedLater: boolean): RestoreStep {
  return {
    phase: 'write',
    action: 'create',
    kind: ZNODE,
    key: [...key],
    ...(from === undefined ? {} : { from: [...from] }),
    expect: null,
    members: protectedLater ? ['data'] : ['data', 'acl'],
    fidelity: 'equivalent',
  };
}

export function changeStep(key: Key, from: Key, live: Stat): RestoreStep {
  return {
    phase: 'write',
    action: 'change',
    kind: ZNODE,
    key: [...key],
    from: [...from],
    expect: { czxid: live.czxid.toString(), mzxid: live.mzxid.toString(), version: live.version },
    members: ['data'],
    fidelity: 'exact',
  };
}

export function removeStep(key: Key, live: Stat): RestoreStep {
  return {
    phase: 'remove',
    action: 'remove',
    kind: ZNODE,
    key: [...key],
    expect: { czxid: live.czxid.toString(), mzxid: live.mzxid.toString(), version: live.version },
    members: [],
    fidelity: 'exact',
  };
}

/** `live` is undefined for a node that the same plan creates. */
export function protectStep(key: Key, from: Key, live: Stat | undefined): RestoreStep {
  const aversion = live?.aversion ?? 0;
  return {
    phase: 'protect',
    action: 'protect',
    kind: ZNODE,
    key: [...key],
    from: [...from],
    expect: live === undefined ? { aversion } : { czxid: live.czxid.toString(), aversion },
    members: ['acl'],
    fidelity: 'exact',
  };
}

/** `live` is undefined for a node that the same plan creates. */
export function raiseStep(key: Key, from: Key, live: Stat | undefined): RestoreStep {
  return {
    phase: 'counters',
    action: 'raise',
    kind: ZNODE,
    key: [...key],
    from: [...from],
    expect: live === undefined ? {} : { czxid: live.czxid.toString() },
    members: ['nextSequence'],
    fidelity: 'exact',
  };
}
