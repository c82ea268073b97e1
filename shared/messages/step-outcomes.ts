import { fillBoth, type Text } from '../errors/text.ts';
import { defineMessages, type ParamsOf } from './definition.ts';

/** Why a step of a restore left its object as it was: what was found there, or what was refused. */
export const stepOutcomes = defineMessages({
  gone: { en: 'it is gone', zh: '它已不存在' },
  'parent-gone': { en: 'what it belongs to is gone', zh: '它所属的对象已不存在' },
  created: { en: 'it was created meanwhile', zh: '其间已被创建' },
  'created-as': { en: 'it was created meanwhile: {now}', zh: '其间已被创建：{now}' },
  changed: { en: 'it was changed meanwhile', zh: '其间已被修改' },
  'changed-to': { en: 'it was changed meanwhile: {now}', zh: '其间已被修改：{now}' },
  recreated: { en: 'it was deleted and created again', zh: '它已被删除并重新创建' },
  'has-children': {
    en: 'it has children that the plan did not remove',
    zh: '它有计划未删除的子节点',
  },
  unreadable: { en: 'a node that the account may not read', zh: '账号无权读取的节点' },
  version: {
    en: 'version {version} of {time}, {bytes} bytes',
    zh: '版本 {version}（{time}），{bytes} 字节',
  },
  'version-digest': {
    en: 'version {version} of {time}, {bytes} bytes, SHA-256 {sha256}…',
    zh: '版本 {version}（{time}），{bytes} 字节，SHA-256 {sha256}…',
  },
  'version-empty': {
    en: 'version {version} of {time}, no data',
    zh: '版本 {version}（{time}），没有数据',
  },
  'acl-version': { en: 'version {version} of the ACL', zh: 'ACL 版本 {version}' },
  'counter-stuck': {
    en: 'the counter could not be brought to its value',
    zh: '计数器未能提升到所需的值',
  },
  'not-in-point': { en: 'the recovery point does not have it', zh: '恢复点中没有它' },
  'acl-above-unreadable': {
    en: 'the ACL of the node above it cannot be read: {code}',
    zh: '无法读取上级节点的 ACL：{code}',
  },
  'no-parent': { en: 'the node above it is not there', zh: '上级节点不存在' },
  'not-allowed': { en: 'the account is not allowed to', zh: '账号没有此权限' },
  'not-allowed-because': {
    en: 'the account is not allowed to: {problem}',
    zh: '账号没有此权限：{problem}',
  },
  'acl-refused': {
    en: 'the servers do not accept the ACL: they may lack its authentication scheme',
    zh: '服务器不接受该 ACL：可能不支持其认证方式',
  },
  'parent-ephemeral': { en: 'the node above it is ephemeral', zh: '上级节点为临时节点' },
  'quota-used-up': { en: 'a quota of the cluster is used up', zh: '集群的配额已用尽' },
  refused: { en: 'the servers refused it: {code}', zh: '服务器拒绝：{code}' },
  'connection-lost': {
    en: 'the connection was lost each time it was sent',
    zh: '每次发送时连接都会断开',
  },
  'too-large': {
    en: 'the servers drop the connection at its {bytes} bytes: raise jute.maxbuffer there',
    zh: '数据为 {bytes} 字节，服务器会断开连接：请调大服务器的 jute.maxbuffer',
  },
  'to-be-kept': { en: 'it is to be kept by now', zh: '现在应予保留' },
  'not-possible': { en: 'it cannot be made here any more', zh: '此处已无法创建' },
  'not-as-planned': {
    en: 'it could not be restored as it was planned any more',
    zh: '已无法按计划恢复',
  },
  'has-members': {
    en: 'the group has members: stop its clients, then go on',
    zh: '消费组有活跃成员：请停止其客户端后继续',
  },
  'no-authorizer': {
    en: 'the cluster has no authorizer that keeps rules',
    zh: '集群没有保存访问规则的 authorizer',
  },
  'deletion-disabled': {
    en: 'the cluster does not let topics be deleted (delete.topic.enable)',
    zh: '集群不允许删除主题（delete.topic.enable）',
  },
  'partitions-changed': {
    en: 'its partitions were changed meanwhile',
    zh: '其分区数其间已被修改',
  },
  'not-tried': { en: 'it was not tried', zh: '未尝试' },
  'not-shown': {
    en: 'it was done, but not every broker shows it',
    zh: '已完成，但并非所有 broker 都已体现',
  },
});

export type OutcomeCode = keyof typeof stepOutcomes;

/** What fills such a text; left out where it has no places. */
export type OutcomeParams<C extends OutcomeCode> = keyof ParamsOf<(typeof stepOutcomes)[C]> extends never
  ? []
  : [params: ParamsOf<(typeof stepOutcomes)[C]>];

/** Why a step left its object as it was, in both languages. */
export function outcomeText<C extends OutcomeCode>(code: C, ...[params]: OutcomeParams<C>): Text {
  return fillBoth(stepOutcomes[code], { ...params });
}
