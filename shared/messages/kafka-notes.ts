import { defineNotes } from './notes.ts';
import { stepOutcomes } from './step-outcomes.ts';

/** Kinds of objects as captures name them, in the plural. */
const BRANCHES = {
  acls: { en: 'access rules', zh: '访问规则' },
  brokers: { en: 'brokers', zh: 'broker' },
  configs: { en: 'configs', zh: '配置' },
  features: { en: 'features', zh: '特性' },
  groups: { en: 'groups', zh: '消费组' },
  quotas: { en: 'quotas', zh: '配额' },
  topics: { en: 'topics', zh: '主题' },
  users: { en: 'users', zh: '用户' },
} as const;

/** What a rehearsal of a restore says of a change that will be refused; notes hold it in English. */
const REFUSALS = Object.fromEntries(Object.values(stepOutcomes).map((text) => [text.en, text]));

/** What a capture or a restore of Kafka does not bring back exactly, or at all. */
export const kafkaNotes = defineNotes({
  subjects: ['name', 'branch'],
  rest: { en: '{total} objects in all', zh: '共 {total} 个对象' },
  words: { what: BRANCHES, branch: BRANCHES, problem: REFUSALS },
  codes: {
    denied: {
      reason: { en: 'the account may not read this ({problem})', zh: '账号无权读取（{problem}）' },
    },
    unreadable: {
      reason: { en: 'the cluster does not tell ({problem})', zh: '集群未能提供（{problem}）' },
    },
    'not-found': {
      reason: { en: 'selected by name and does not exist', zh: '按名称选择但不存在' },
    },
    'not-seen-again': {
      reason: {
        en: 'as first read; a second look at what changed meanwhile was not possible ({problem})',
        zh: '为首次读取的内容，未能再次查看其间的变化（{problem}）',
      },
    },
    hidden: {
      sentence: {
        en: 'The account may not describe all {what}: those that it may not are missing.',
        zh: '账号不能描述全部{what}：不可见的对象缺失。',
      },
    },
    'not-one-moment': {
      sentence: {
        en: 'Kafka has no snapshot: everything was read between {from} and {to}. A second look at the lists corrected {corrected} objects; configs of topics that still are the same, and offsets, are as they were read first.',
        zh: 'Kafka 没有快照：全部内容在 {from} 至 {to} 之间读取。再次查看列表时更正了 {corrected} 个对象；未变主题的配置与各消费组的位点保持首次读取的内容。',
      },
    },
    unlisted: {
      sentence: {
        en: 'Groups may be missing: partitions {partitions} of __consumer_offsets, which keep them, have no leader.',
        zh: '可能有消费组缺失：保存消费组的 __consumer_offsets 分区 {partitions} 没有 leader。',
      },
    },
    'verifier-unknown': {
      sentence: {
        en: '{total} SCRAM credentials are recorded without what checks the password: Kafka tells it nobody. Restoring them needs the passwords.',
        zh: '{total} 个 SCRAM 凭据不含密码校验值：Kafka 不对外提供。恢复时需要密码。',
      },
    },
    'internal-not-restored': {
      sentence: {
        en: '{total} internal topics are recorded but never restored: the cluster makes them itself.',
        zh: '{total} 个内部主题仅作记录，从不恢复：由集群自行创建。',
      },
    },
    'unseen-left-alone': {
      reason: {
        en: 'the capture could not see it: it is not removed though the point does not have it',
        zh: '捕获时无法读取它：虽然恢复点中没有，也不会删除',
      },
    },
    'unread-left-alone': {
      reason: {
        en: 'the account may not read it on this cluster ({problem}): it is left as it is',
        zh: '账号在该集群上无权读取（{problem}）：保持原样',
      },
    },
    'cluster-refuses': {
      reason: {
        en: 'as it is now the cluster will refuse it ({problem})',
        zh: '按当前情况集群将拒绝此项（{problem}）',
      },
    },
    'internal-left-alone': {
      reason: {
        en: 'the cluster makes its internal topics itself: it is neither made nor changed',
        zh: '内部主题由集群自行创建：既不创建也不修改',
      },
    },
    'records-lost': {
      reason: {
        en: 'it is deleted with its records and the offsets in it, which no undo brings back',
        zh: '它将连同消息及其位点一并删除，撤销也无法找回',
      },
    },
    'topic-made-anew': {
      reason: {
        en: 'it was made anew since the point: its records are not those that the point’s offsets were for',
        zh: '恢复点之后它被重新创建：其消息并非恢复点位点所对应的消息',
      },
    },
    'partitions-stay': {
      reason: {
        en: 'it has {live} partitions and the point {wanted}: Kafka takes none away',
        zh: '现有 {live} 个分区，恢复点为 {wanted} 个：Kafka 不能减少分区',
      },
    },
    'replicas-stay': {
      reason: {
        en: 'replicas are on other brokers than in the point (partitions: {partitions}): move them with kafka-reassign-partitions',
        zh: '副本所在 broker 与恢复点不同（分区数：{partitions}）：请用 kafka-reassign-partitions 迁移',
      },
    },
    'fewer-replicas': {
      reason: {
        en: 'it had {wanted} replicas and gets {live}: there are no more brokers. Producers may need a lower min.insync.replicas',
        zh: '原有 {wanted} 个副本，现只能有 {live} 个：broker 不足。生产者可能需要更低的 min.insync.replicas',
      },
    },
    'broker-replaced': {
      reason: {
        en: 'it is not here (rack {rack}): its replicas go to {to} (rack {toRack})',
        zh: '此处没有该 broker（机架 {rack}）：其副本改放到 {to}（机架 {toRack}）',
      },
    },
    'throttles-left-out': {
      reason: {
        en: 'limits of a reassignment that was under way then are left out: {names}',
        zh: '当时正在进行的重分配的限速被略去：{names}',
      },
    },
    'values-hidden': {
      reason: {
        en: 'brokers tell nobody the values of {names}: set them by hand',
        zh: 'broker 不对外提供 {names} 的值：请手工设置',
      },
    },
    'configs-unknown': {
      reason: {
        en: 'this cluster’s release does not have {names}: left out',
        zh: '该集群的版本没有 {names}：略去',
      },
    },
    'configs-of-site': {
      reason: {
        en: '{names} belong to the cluster that the point came from: left out, here it stays {here}; set them by hand where needed',
        zh: '{names} 属于恢复点来源的集群：略去，此处保持 {here}；必要时请手工设置',
      },
    },
    'broker-absent': {
      reason: {
        en: 'no such broker is here: its configs are not set; broker {to} takes its place',
        zh: '此处没有该 broker：不设置其配置；由 broker {to} 代替',
      },
    },
    'configs-fixed': {
      reason: {
        en: 'this cluster sets {names} itself and lets nobody take it away',
        zh: '该集群自行设置 {names}，且不允许移除',
      },
    },
    'feature-unsupported': {
      reason: {
        en: 'level {wanted} is more than this cluster supports: it stays at {live}',
        zh: '级别 {wanted} 超出该集群的支持范围：保持 {live}',
      },
    },
    'feature-stays': {
      reason: {
        en: 'it is at level {live}, the point at {wanted}: never lowered',
        zh: '现为级别 {live}，恢复点为 {wanted}：从不降低',
      },
    },
    'feature-by-hand': {
      reason: {
        en: 'level {wanted} (here {live}) changes how controllers find each other and cannot be taken back: raise it by hand',
        zh: '级别 {wanted}（现为 {live}）会改变控制器之间的发现方式且无法撤回：请手工提升',
      },
    },
    'group-active': {
      reason: {
        en: 'it has members ({state}): stop its clients before, or its offsets stay',
        zh: '它有活跃成员（{state}）：请先停止其客户端，否则位点保持不变',
      },
    },
    'group-without-offsets': {
      reason: {
        en: 'it had no offsets: it comes with its first member',
        zh: '它没有位点：将随首个成员一同产生',
      },
    },
    'offsets-clamped': {
      reason: {
        en: 'the log does not reach there (partitions: {partitions}): set to where it begins or ends',
        zh: '日志未到达该位置（分区数：{partitions}）：设置为日志的起点或终点',
      },
    },
    'offsets-without-log': {
      reason: {
        en: 'partitions that are not there or have no leader ({partitions}): their offsets are not set',
        zh: '分区不存在或没有 leader（{partitions} 个）：不设置其位点',
      },
    },
    'password-unknown': {
      reason: {
        en: 'Kafka tells nobody what checks a password: make the credential by hand ({iterations} iterations)',
        zh: 'Kafka 不对外提供密码校验值：请手工创建凭据（{iterations} 次迭代）',
      },
    },
    'verifier-unusable': {
      reason: {
        en: 'what checks the password can only be written through the ZooKeeper of a cluster: make the credential by hand ({iterations} iterations)',
        zh: '密码校验值只能经集群的 ZooKeeper 写入：请手工创建凭据（{iterations} 次迭代）',
      },
    },
    'own-credential-stays': {
      reason: {
        en: 'this account restores: its own credential stays as it is',
        zh: '当前账号正在执行恢复：其自身凭据保持不变',
      },
    },
    'own-denial-left-out': {
      reason: {
        en: 'it would take this account’s right to change rules: add it by hand',
        zh: '它会剥夺当前账号修改规则的权限：请手工添加',
      },
    },
    'own-grant-stays': {
      reason: {
        en: 'it gives this account the right to change rules: not removed though the point does not have it',
        zh: '它授予当前账号修改规则的权限：虽然恢复点中没有，也不会删除',
      },
    },
    'rule-for-host': {
      reason: {
        en: 'it holds for host {host} of the site that the point came from',
        zh: '它针对恢复点来源站点的主机 {host}',
      },
    },
    'rack-differs': {
      reason: {
        en: 'it was in rack {rack} and is in rack {toRack} here: it stays there, racks are set in server.properties (broker.rack)',
        zh: '原在机架 {rack}，此处在机架 {toRack}：保持不变，机架在 server.properties（broker.rack）中设置',
      },
    },
    'principal-of-site': {
      reason: {
        en: '{rules} rules are for it, of the site that the point came from: they are made for {proposed}; check that it is the same here',
        zh: '有 {rules} 条规则针对它，来自恢复点的来源站点：将按 {proposed} 创建；请确认此处为同一主体',
      },
    },
  },
});
