import { defineSource } from '../contract.ts';
import { accessOf } from './access.ts';
import { ZooKeeperConnection } from './connection.ts';
import { EPHEMERAL, ZNODE, znodeContent } from './content.ts';
import { ensembleIdentity } from './ensemble-identity.ts';
import { zookeeperOptions } from './options.ts';
import { pathOf } from './paths.ts';
import { zookeeperSelection } from './selection.ts';

export default defineSource({
  id: 'zookeeper',
  dataSource: 'ZooKeeper',
  label: { en: 'ZooKeeper', zh: 'ZooKeeper' },
  summary: {
    en: 'Znodes with data, ACLs and sequence counters, as of one moment.',
    zh: 'Znode 的数据、ACL 与顺序计数器，取自同一时刻。',
  },
  options: zookeeperOptions,
  selection: zookeeperSelection,
  kinds: [
    {
      kind: ZNODE,
      label: { en: 'Znode', zh: 'Znode 节点' },
      // Digest ACLs are password hashes, and programs keep verifiers and tokens in their znodes.
      sensitive: true,
      fidelity: 'equivalent',
      remark: {
        en: 'Data, ACL and sequence counter come back as they were. Zxids, versions and times are new. TTL and container nodes look persistent to clients and come back as such.',
        zh: '数据、ACL 与顺序计数器原样恢复；zxid、版本号与时间为新值。TTL 与容器节点对客户端表现为持久节点，按持久节点恢复。',
      },
    },
    {
      kind: EPHEMERAL,
      label: { en: 'Ephemeral znode', zh: '临时节点' },
      sensitive: true,
      fidelity: 'operator',
      remark: {
        en: 'Recorded only: the program whose session it belongs to makes it again.',
        zh: '仅记录：由其会话所属的程序重新创建。',
      },
    },
  ],
  selectionBelow: (key) => ({ roots: [pathOf(key)] }),
  access: accessOf,
  rawValue: (content) => znodeContent({ content }).data,
  capabilities: { consistentCapture: true },
  identity: ensembleIdentity,
  account: {
    en: `**Capture** needs \`READ\` on every node that is captured, and \`ADMIN\` where its ACL has digest entries: servers hide password hashes from others, and what is hidden cannot be restored. Nodes on the way to a pattern need \`READ\` as well where the next name is a wildcard: what lies below one that cannot be read counts as not captured, the run is incomplete, and no restore removes anything there. Where the next name is given, the node may be closed. Nothing is written.

\`\`\`
# for each subtree, with zkCli.sh, as an account that has ADMIN there
setAcl -R /kafka digest:holdfast:<hash>:ra,<the entries it has now>
\`\`\`

**Restore** needs \`CREATE\`, \`DELETE\`, \`WRITE\` and \`ADMIN\` as well. A super user (\`zookeeper.DigestAuthenticationProvider.superDigest\`) has all of it on every node and needs no change of ACLs. Sign in with some identity in any case: a node whose ACL would shut the restore out is kept to that identity until the work below it is done.`,
    zh: `**捕获**需要对所有被捕获节点拥有 \`READ\` 权限；若其 ACL 含 digest 条目，还需要 \`ADMIN\`：服务器会对其他账号隐藏密码哈希，被隐藏的内容无法恢复。通往匹配模式途中的节点，若下一级名称为通配符，同样需要 \`READ\`：无法读取的节点之下的内容视为未捕获，运行记为不完整，任何恢复都不会删除其下内容；若下一级名称已写明，则该节点可以不可读。捕获不会写入任何内容。

\`\`\`
# 使用 zkCli.sh，以拥有 ADMIN 权限的账号对每个子树执行
setAcl -R /kafka digest:holdfast:<hash>:ra,<现有条目>
\`\`\`

**恢复**还需要 \`CREATE\`、\`DELETE\`、\`WRITE\` 与 \`ADMIN\`。超级用户（\`zookeeper.DigestAuthenticationProvider.superDigest\`）对所有节点拥有全部权限，无需修改 ACL。无论如何都请使用某个身份登录：若节点的 ACL 会阻止恢复，在其下方工作完成之前该节点仅对此身份开放。`,
  },
  connect: (options, context) => ZooKeeperConnection.open(options, context),
});
