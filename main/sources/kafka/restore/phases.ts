import type { RestorePhase } from '../../contract.ts';

/**
 * What a restore does, in this order. Everything that Kafka may need our rights for is done before rules are set that
 * could take them away: what allows comes before what forbids, and what allowed goes last. Only what the point does not
 * forbid this account is allowed first.
 */
export const phases: readonly RestorePhase[] = [
  phase('own-access', 'What this account may do', '当前账号的权限'),
  phase('features', 'Raise feature levels', '提升特性级别'),
  phase('remove-topics', 'Delete topics the point does not have', '删除恢复点中不存在的主题'),
  phase('topics', 'Create topics, add partitions', '创建主题并扩展分区'),
  phase('configs', 'Set configs', '设置配置'),
  phase('quotas', 'Set quotas', '设置配额'),
  phase('users', 'Set SCRAM credentials', '设置 SCRAM 凭据'),
  phase('offsets', 'Set offsets of groups', '设置消费组位点'),
  phase('allow', 'Rules that allow others', '授予其他账号的权限'),
  phase('deny', 'Rules that deny', '设置拒绝规则'),
  phase('revoke', 'Remove rules the point does not have', '删除恢复点中不存在的规则'),
];

function phase(id: PhaseId, en: string, zh: string): RestorePhase {
  return { id, label: { en, zh }, order: 'forward' };
}

export type PhaseId =
  | 'own-access'
  | 'features'
  | 'remove-topics'
  | 'topics'
  | 'configs'
  | 'quotas'
  | 'users'
  | 'offsets'
  | 'allow'
  | 'deny'
  | 'revoke';
