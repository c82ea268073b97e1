import { ACL, BROKER, CONFIG, FEATURE, GROUP, OFFSETS, TOPIC, USER } from '../content.ts';
import type { Reason } from './notes.ts';

/*
 * What a restore does not bring back, or not as it was. Codes are for programs and do not change.
 */

export const UNSEEN: Omit<Reason, 'kind'> = {
  code: 'unseen-left-alone',
  fidelity: 'operator',
  text: 'the capture could not see it: it is not removed though the point does not have it',
  zh: '捕获时无法读取它：虽然恢复点中没有，也不会删除',
};

export const UNREAD: Omit<Reason, 'kind'> = {
  code: 'unread-left-alone',
  fidelity: 'operator',
  text: 'the account may not read it on this cluster ({problem}): it is left as it is',
  zh: '账号在该集群上无权读取（{problem}）：保持原样',
};

export const REFUSED: Omit<Reason, 'kind'> = {
  code: 'cluster-refuses',
  fidelity: 'operator',
  text: 'as it is now the cluster will refuse it ({problem})',
  zh: '按当前情况集群将拒绝此项（{problem}）',
};

export const INTERNAL: Reason = {
  code: 'internal-left-alone',
  fidelity: 'operator',
  kind: TOPIC,
  text: 'the cluster makes its internal topics itself: it is neither made nor changed',
  zh: '内部主题由集群自行创建：既不创建也不修改',
};

export const RECORDS_LOST: Reason = {
  code: 'records-lost',
  fidelity: 'partial',
  kind: TOPIC,
  text: 'it is deleted with its records and the offsets in it, which no undo brings back',
  zh: '它将连同消息及其位点一并删除，撤销也无法找回',
};

export const MADE_ANEW: Reason = {
  code: 'topic-made-anew',
  fidelity: 'equivalent',
  kind: TOPIC,
  text: 'it was made anew since the point: its records are not those that the point’s offsets were for',
  zh: '恢复点之后它被重新创建：其消息并非恢复点位点所对应的消息',
};

export const CANNOT_SHRINK: Reason = {
  code: 'partitions-stay',
  fidelity: 'operator',
  kind: TOPIC,
  text: 'it has {live} partitions and the point {wanted}: Kafka takes none away',
  zh: '现有 {live} 个分区，恢复点为 {wanted} 个：Kafka 不能减少分区',
};

export const REPLICAS_STAY: Reason = {
  code: 'replicas-stay',
  fidelity: 'operator',
  kind: TOPIC,
  text: 'replicas are on other brokers than in the point (partitions: {partitions}): move them with kafka-reassign-partitions',
  zh: '副本所在 broker 与恢复点不同（分区数：{partitions}）：请用 kafka-reassign-partitions 迁移',
};

export const FEWER_REPLICAS: Reason = {
  code: 'fewer-replicas',
  fidelity: 'partial',
  kind: TOPIC,
  text: 'it had {wanted} replicas and gets {live}: there are no more brokers. Producers may need a lower min.insync.replicas',
  zh: '原有 {wanted} 个副本，现只能有 {live} 个：broker 不足。生产者可能需要更低的 min.insync.replicas',
};

export const BROKER_REPLACED: Reason = {
  code: 'broker-replaced',
  fidelity: 'equivalent',
  kind: BROKER,
  text: 'it is not here (rack {rack}): its replicas go to {to} (rack {toRack})',
  zh: '此处没有该 broker（机架 {rack}）：其副本改放到 {to}（机架 {toRack}）',
};

export const THROTTLES: Reason = {
  code: 'throttles-left-out',
  fidelity: 'equivalent',
  kind: CONFIG,
  text: 'limits of a reassignment that was under way then are left out',
  zh: '当时正在进行的重分配的限速被略去',
};

export const HIDDEN_VALUES: Reason = {
  code: 'values-hidden',
  fidelity: 'operator',
  kind: CONFIG,
  text: 'brokers tell nobody the values of {names}: set them by hand',
  zh: 'broker 不对外提供 {names} 的值：请手工设置',
};

export const UNKNOWN_CONFIGS: Reason = {
  code: 'configs-unknown',
  fidelity: 'partial',
  kind: CONFIG,
  text: 'this cluster’s release does not have {names}: left out',
  zh: '该集群的版本没有 {names}：略去',
};

export const SITE_CONFIGS: Reason = {
  code: 'configs-of-site',
  fidelity: 'operator',
  kind: CONFIG,
  text: '{names} belong to the cluster that the point came from: left out, here it stays {here}; set them by hand where needed',
  zh: '{names} 属于恢复点来源的集群：略去，此处保持 {here}；必要时请手工设置',
};

export const BROKER_ABSENT: Reason = {
  code: 'broker-absent',
  fidelity: 'operator',
  kind: CONFIG,
  text: 'no such broker is here: its configs are not set; broker {to} takes its place',
  zh: '此处没有该 broker：不设置其配置；由 broker {to} 代替',
};

export const FIXED_CONFIGS: Reason = {
  code: 'configs-fixed',
  fidelity: 'equivalent',
  kind: CONFIG,
  text: 'this cluster sets {names} itself and lets nobody take it away',
  zh: '该集群自行设置 {names}，且不允许移除',
};

export const FEATURE_UNSUPPORTED: Reason = {
  code: 'feature-unsupported',
  fidelity: 'operator',
  kind: FEATURE,
  text: 'level {wanted} is more than this cluster supports: it stays at {live}',
  zh: '级别 {wanted} 超出该集群的支持范围：保持 {live}',
};

export const FEATURE_STAYS: Reason = {
  code: 'feature-stays',
  fidelity: 'equivalent',
  kind: FEATURE,
  text: 'it is at level {live}, the point at {wanted}: never lowered',
  zh: '现为级别 {live}，恢复点为 {wanted}：从不降低',
};

export const FEATURE_BY_HAND: Reason = {
  code: 'feature-by-hand',
  fidelity: 'operator',
  kind: FEATURE,
  text: 'level {wanted} changes how controllers find each other and cannot be taken back: raise it by hand',
  zh: '级别 {wanted} 会改变控制器之间的发现方式且无法撤回：请手工提升',
};

export const GROUP_ACTIVE: Reason = {
  code: 'group-active',
  fidelity: 'operator',
  kind: GROUP,
  text: 'it has members ({state}): stop its clients before, or its offsets stay',
  zh: '它有活跃成员（{state}）：请先停止其客户端，否则位点保持不变',
};

export const GROUP_EMPTY: Reason = {
  code: 'group-without-offsets',
  fidelity: 'equivalent',
  kind: GROUP,
  text: 'it had no offsets: it comes with its first member',
  zh: '它没有位点：将随首个成员一同产生',
};

export const OFFSETS_CLAMPED: Reason = {
  code: 'offsets-clamped',
  fidelity: 'partial',
  kind: OFFSETS,
  text: 'the log does not reach there (partitions: {partitions}): set to where it begins or ends',
  zh: '日志未到达该位置（分区数：{partitions}）：设置为日志的起点或终点',
};

export const NO_LOG: Reason = {
  code: 'offsets-without-log',
  fidelity: 'partial',
  kind: OFFSETS,
  text: 'partitions that are not there or have no leader ({partitions}): their offsets are not set',
  zh: '分区不存在或没有 leader（{partitions} 个）：不设置其位点',
};

export const NO_VERIFIER: Reason = {
  code: 'password-unknown',
  fidelity: 'operator',
  kind: USER,
  text: 'Kafka tells nobody what checks a password: make the credential by hand ({iterations} iterations)',
  zh: 'Kafka 不对外提供密码校验值：请手工创建凭据（{iterations} 次迭代）',
};

export const VERIFIER_UNUSABLE: Reason = {
  code: 'verifier-unusable',
  fidelity: 'operator',
  kind: USER,
  text: 'what checks the password can only be written through the ZooKeeper of a cluster: make the credential by hand ({iterations} iterations)',
  zh: '密码校验值只能经集群的 ZooKeeper 写入：请手工创建凭据（{iterations} 次迭代）',
};

export const OWN_CREDENTIAL: Reason = {
  code: 'own-credential-stays',
  fidelity: 'operator',
  kind: USER,
  text: 'this account restores: its own credential stays as it is',
  zh: '当前账号正在执行恢复：其自身凭据保持不变',
};

export const OWN_DENIAL: Reason = {
  code: 'own-denial-left-out',
  fidelity: 'operator',
  kind: ACL,
  text: 'it would take this account’s right to change rules: add it by hand',
  zh: '它会剥夺当前账号修改规则的权限：请手工添加',
};

export const OWN_GRANT: Reason = {
  code: 'own-grant-stays',
  fidelity: 'operator',
  kind: ACL,
  text: 'it gives this account the right to change rules: not removed though the point does not have it',
  zh: '它授予当前账号修改规则的权限：虽然恢复点中没有，也不会删除',
};

export const SITE_HOST: Reason = {
  code: 'rule-for-host',
  fidelity: 'operator',
  kind: ACL,
  text: 'it holds for host {host} of the site that the point came from',
  zh: '它针对恢复点来源站点的主机 {host}',
};

export const OTHER_RACK: Reason = {
  code: 'rack-differs',
  fidelity: 'operator',
  kind: BROKER,
  text: 'it was in rack {rack} and is in rack {toRack} here: it stays there, racks are set in server.properties (broker.rack)',
  zh: '原在机架 {rack}，此处在机架 {toRack}：保持不变，机架在 server.properties（broker.rack）中设置',
};

export const SITE_PRINCIPAL: Reason = {
  code: 'principal-of-site',
  fidelity: 'operator',
  kind: ACL,
  text: '{rules} rules are for it, of the site that the point came from: they are made for {proposed}; check that it is the same here',
  zh: '有 {rules} 条规则针对它，来自恢复点的来源站点：将按 {proposed} 创建；请确认此处为同一主体',
};
