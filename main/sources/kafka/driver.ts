import { defineSource } from '../contract.ts';
import { accessOf } from './access-rules.ts';
import { clusterIdentity } from './cluster-identity.ts';
import { ACL, BROKER, CONFIG, FEATURE, GROUP, OFFSETS, QUOTA, TOPIC, USER } from './content.ts';
import { kafkaOptions } from './options.ts';
import { kafkaSelection } from './selection.ts';

export default defineSource({
  id: 'kafka',
  dataSource: 'Kafka',
  label: { en: 'Kafka', zh: 'Kafka' },
  summary: {
    en: 'Topics, configs, groups with offsets, ACLs, quotas, SCRAM users, features; not the records themselves.',
    zh: '主题、配置、消费组及其位点、ACL、配额、SCRAM 用户与特性；不含消息本身。',
  },
  options: kafkaOptions,
  selection: kafkaSelection,
  kinds: [
    {
      kind: ACL,
      label: { en: 'ACL', zh: 'ACL' },
      fidelity: 'exact',
    },
    {
      kind: BROKER,
      label: { en: 'Broker', zh: 'Broker' },
      fidelity: 'operator',
      remark: { en: 'Recorded only: id, rack, address.', zh: '仅记录：编号、机架、地址。' },
    },
    {
      kind: CONFIG,
      label: { en: 'Config of brokers, client metrics, groups', zh: 'broker、客户端指标与组的配置' },
      fidelity: 'partial',
      remark: {
        en: 'What was set at run time, not what stands in properties files. Values that the brokers hide (passwords) are named and have to be set by hand.',
        zh: '仅含运行时设置的值，不含配置文件中的值。broker 隐藏的值（密码）仅记录名称，需手工设置。',
      },
    },
    {
      kind: FEATURE,
      label: { en: 'Feature level', zh: '特性级别' },
      fidelity: 'equivalent',
      remark: {
        en: 'Raised where the brokers support it; never lowered unasked.',
        zh: '在 broker 支持时提升；未经要求不会降低。',
      },
    },
    {
      kind: GROUP,
      label: { en: 'Group', zh: '消费组' },
      fidelity: 'equivalent',
      remark: {
        en: 'Comes into being with its offsets; its type and protocol come with its first member.',
        zh: '随位点一同产生；类型与协议由其首个成员决定。',
      },
    },
    {
      kind: OFFSETS,
      label: { en: 'Offsets of a group in a topic', zh: '消费组在主题中的位点' },
      fidelity: 'equivalent',
      remark: {
        en: 'With their metadata, kept within the log that is there. Of share groups: where delivery starts.',
        zh: '含元数据，并限制在现有日志范围内。共享组为其投递起点。',
      },
    },
    {
      kind: QUOTA,
      label: { en: 'Quota', zh: '配额' },
      fidelity: 'exact',
    },
    {
      kind: TOPIC,
      label: { en: 'Topic', zh: '主题' },
      fidelity: 'equivalent',
      remark: {
        en: 'Partitions, replicas and what was set on the topic; its id is new, its records are not part of it. Internal topics are recorded only.',
        zh: '分区、副本与主题上设置的配置；主题 ID 为新值，不含消息。内部主题仅记录。',
      },
    },
    {
      kind: USER,
      label: { en: 'SCRAM credential', zh: 'SCRAM 凭据' },
      sensitive: true,
      fidelity: 'partial',
      remark: {
        en: 'Mechanism and iterations; what checks the password only through the ZooKeeper of the cluster. Without it a restore needs the password.',
        zh: '机制与迭代次数；密码校验值仅能经集群的 ZooKeeper 取得，否则恢复时需要密码。',
      },
    },
  ],
  access: accessOf,
  capabilities: { severalServices: true, triesAfterRestore: true },
  identity: clusterIdentity,
  account: {
    en: `**Capture** needs to describe everything. Nothing is written.

\`\`\`
kafka-acls.sh --bootstrap-server … --add --allow-principal User:holdfast --operation Describe --operation DescribeConfigs --topic '*'
kafka-acls.sh --bootstrap-server … --add --allow-principal User:holdfast --operation Describe --operation DescribeConfigs --group '*'
kafka-acls.sh --bootstrap-server … --add --allow-principal User:holdfast --operation Describe --operation DescribeConfigs --cluster
\`\`\`

On the cluster, \`Describe\` is for ACLs and SCRAM users and \`DescribeConfigs\` for brokers' configs and quotas. What is not granted is named as missing, the rest is captured, and the run is incomplete. Brokers leave topics and groups that the account may not describe out of their lists without a word; a \`Deny\` on single ones cannot be noticed.

**SCRAM verifiers** (ZooKeeper mode only) need \`READ\` on \`/cluster/id\` and \`/config/users\` of the cluster's ZooKeeper, restoring them \`WRITE\` and \`CREATE\` on \`/config/users\` and \`/config/changes\`.

**Restore** needs \`Create\`, \`Alter\`, \`AlterConfigs\`, \`Delete\` on topics, \`Read\` and \`Delete\` on groups, \`Read\` on topics and \`Alter\` and \`AlterConfigs\` on the cluster as well. A super user (\`super.users\`) has all of it.

**After a restore** the brokers are tried in a topic \`holdfast-try-…\`, which is made for that and deleted again; with \`Create\`, \`Write\`, \`Read\` and \`Delete\` on topics of that prefix, else it is said that nothing was tried. The option \`trial\` turns it off.`,
    zh: `**捕获**需要描述全部对象，不会写入任何内容。

\`\`\`
kafka-acls.sh --bootstrap-server … --add --allow-principal User:holdfast --operation Describe --operation DescribeConfigs --topic '*'
kafka-acls.sh --bootstrap-server … --add --allow-principal User:holdfast --operation Describe --operation DescribeConfigs --group '*'
kafka-acls.sh --bootstrap-server … --add --allow-principal User:holdfast --operation Describe --operation DescribeConfigs --cluster
\`\`\`

集群级 \`Describe\` 用于 ACL 与 SCRAM 用户，\`DescribeConfigs\` 用于 broker 配置与配额。未授权的类型会被列为缺失，其余照常捕获，且该次运行为不完整。账号无权描述的主题与消费组会被 broker 从列表中静默略去；对个别对象的 \`Deny\` 无法察觉。

**SCRAM 校验值**（仅 ZooKeeper 模式）需要对集群 ZooKeeper 的 \`/cluster/id\` 与 \`/config/users\` 拥有 \`READ\`；恢复时还需要对 \`/config/users\` 及 \`/config/changes\` 拥有 \`WRITE\` 与 \`CREATE\`。

**恢复**还需要主题的 \`Create\`、\`Alter\`、\`AlterConfigs\`、\`Delete\`、\`Read\`，消费组的 \`Read\`、\`Delete\`，以及集群的 \`Alter\`、\`AlterConfigs\`。超级用户（\`super.users\`）拥有全部权限。

**恢复之后**会在主题 \`holdfast-try-…\` 中试验各 broker，该主题为此创建并随后删除；需要对该前缀的主题拥有 \`Create\`、\`Write\`、\`Read\` 与 \`Delete\` 权限，否则仅说明未进行试验。选项 \`trial\` 可关闭试验。`,
  },
  // The client is only loaded where there is a Kafka to talk to.
  connect: async (options, context) => {
    const { KafkaConnection } = await import('./connection.ts');
    return KafkaConnection.open(options, context);
  },
});
