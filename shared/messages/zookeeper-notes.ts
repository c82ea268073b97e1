import { defineNotes } from './notes.ts';

/** What a capture or a restore of ZooKeeper does not bring back exactly, or at all. */
export const zookeeperNotes = defineNotes({
  subjects: ['path'],
  rest: { en: '{total} nodes in all', zh: '共 {total} 个节点' },
  codes: {
    unreadable: {
      reason: { en: 'the account may not read this node', zh: '账号无权读取此节点' },
    },
    'unreadable-on-the-way': {
      reason: {
        en: 'the account may not read this node on the way to what was asked for by name: should it be lost, a restore makes it without its data and ACL',
        zh: '账号无权读取通往按名称所选内容途中的此节点：若它丢失，恢复时创建的节点不含其数据与 ACL',
      },
    },
    'acl-masked': {
      reason: {
        en: 'the account may not see the password hashes of the ACL (it lacks ADMIN): set the ACL by hand; entries without a hash are kept',
        zh: 'ACL 中的密码哈希对捕获账号不可见（缺少 ADMIN 权限）：请手工设置 ACL；不含哈希的条目会保留',
      },
    },
    'root-not-found': {
      reason: { en: 'the selected subtree does not exist', zh: '所选子树不存在' },
    },
    'acl-unconfirmed': {
      reason: {
        en: 'deleted right after the captured moment: its ACL is the one read shortly before',
        zh: '在捕获时刻之后随即被删除：其 ACL 为稍早读取的值',
      },
    },
    'unseen-left-alone': {
      reason: {
        en: 'the capture could not look at it: it and what is below it is not removed though the point does not have it',
        zh: '捕获时无法查看它：虽然恢复点中没有，它及其下的一切也不会删除',
      },
    },
    'unreadable-left-alone': {
      reason: {
        en: 'the account may not read the live node, so it and all below it are left as they are',
        zh: '账号无权读取现有节点，它及其下的一切保持原样',
      },
    },
    'ephemeral-not-restored': {
      reason: {
        en: 'an ephemeral node belongs to the session of a running program, which makes it again',
        zh: '临时节点属于运行中程序的会话，由该程序重新创建',
      },
      sentence: {
        en: '{total} ephemeral nodes are recorded but never restored: they belong to sessions of running programs.',
        zh: '{total} 个临时节点仅作记录，从不恢复：它们属于运行中程序的会话。',
      },
    },
    'ephemeral-stays': {
      reason: {
        en: 'a running program holds this ephemeral node: it is not removed',
        zh: '运行中的程序持有此临时节点：不会删除',
      },
    },
    'ephemeral-in-the-way': {
      reason: {
        en: 'a running program holds an ephemeral node where a persistent one belongs',
        zh: '应为持久节点之处存在运行中程序持有的临时节点',
      },
    },
    'parent-stays': {
      reason: {
        en: 'it is not in the point but is kept, as something below it stays',
        zh: '恢复点中没有它，但其下仍有保留的节点，故予以保留',
      },
    },
    'parent-made': {
      reason: {
        en: 'the point does not have it: it is made without data and with the ACL of the node above it',
        zh: '恢复点中没有它：创建时不带数据，并沿用上级节点的 ACL',
      },
    },
    'acl-locks-out': {
      reason: {
        en: 'its ACL would not let this account work below it: sign in with an identity (any digest user and password will do)',
        zh: '其 ACL 会使此账号无法在其下操作：请使用某个身份登录（任意 digest 用户名和密码均可）',
      },
    },
    'counter-not-raised': {
      reason: {
        en: 'its sequence counter is further behind than the limit for raising it: new sequential names may repeat old ones',
        zh: '其顺序计数器落后过多，超过提升上限：新的顺序节点名可能与旧的重复',
      },
    },
    'not-one-moment': {
      sentence: {
        en: 'The cluster kept changing through {rounds} rounds of re-reading: the content is not of one moment; {unsettled} nodes still changed at the end.',
        zh: '经过 {rounds} 轮重读，集群仍在变化：内容不属于同一时刻；结束时仍有 {unsettled} 个节点在变化。',
      },
    },
    'system-nodes-left-out': {
      sentence: {
        en: 'Of {path} only the quotas are captured: the rest is the servers’ own configuration.',
        zh: '{path} 之下仅捕获配额：其余为服务器自身的配置。',
      },
    },
  },
});
