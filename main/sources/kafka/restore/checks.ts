import type { CheckResult } from '../../../../shared/model/preflight.ts';
import type { GroupListing } from '../../../protocols/kafka/index.ts';
import { isKafkaError } from '../../../protocols/kafka/index.ts';
import type { KafkaAccess } from '../access.ts';
import { isUnknownKind } from '../faults.ts';
import { isInactiveState } from './group-state.ts';
import { TRIAL_PREFIX } from './trial.ts';

export interface RestoreCheckOptions {
  readonly access: KafkaAccess;
  readonly signal?: AbortSignal | undefined;
}

type Finding = Omit<CheckResult, 'subject' | 'check'>;

const MOST_NAMED = 20;
/** What a restore does on the cluster itself. */
const NEEDED = ['ALTER', 'ALTER_CONFIGS', 'DESCRIBE', 'DESCRIBE_CONFIGS'];

/** What has to be known before a restore, beyond what a capture asks; nothing is written. */
export async function* restoreChecks(options: RestoreCheckOptions): AsyncGenerator<CheckResult> {
  const subject = options.access.options.bootstrapServers;
  for (const [check, run] of CHECKS) yield { check, subject, ...(await found(run, options)) };
}

const CHECKS: readonly (readonly [check: string, run: typeof checkBrokers])[] = [
  ['kafka.brokers-up', checkBrokers],
  ['kafka.groups-inactive', checkGroups],
  ['kafka.restore-rights', checkRights],
  ['kafka.trial', announceTrial],
];

/** What a check finds; that the cluster does not answer it is found as well. */
async function found(run: typeof checkBrokers, options: RestoreCheckOptions): Promise<Finding> {
  try {
    return await run(options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!isKafkaError(error)) throw error;
    const finding = {
      en: `The cluster does not tell: ${error.message}.`,
      zh: `集群未能提供：${error.message}。`,
    };
    return { result: 'unknown', finding };
  }
}

/** Brokers that hold replicas and are not there. */
async function checkBrokers({ access: { client }, signal }: RestoreCheckOptions): Promise<Finding> {
  const [{ brokers }, topics] = await Promise.all([
    client.describeCluster({ signal }),
    client.describeTopics(undefined, { signal }),
  ]);
  const up = new Set(brokers.map(({ id }) => id));
  const replicas = topics.flatMap(({ partitions }) => partitions.flatMap((each) => each.replicas));
  const down = [...new Set(replicas)].filter((id) => !up.has(id)).sort((a, b) => a - b);
  if (down.length === 0) {
    const finding = { en: 'All brokers that hold replicas are up.', zh: '所有持有副本的 broker 均在线。' };
    return { result: 'passed', finding };
  }
  const names = down.join(', ');
  return {
    result: 'warning',
    finding: {
      en: `Brokers are down that hold replicas: ${names}.`,
      zh: `持有副本的 broker 不在线：${names}。`,
    },
    remedy: {
      en: 'Start them before, or what lies on them cannot be restored.',
      zh: '请先启动它们，否则其上的对象无法恢复。',
    },
  };
}

/** Groups whose offsets cannot be set while their clients run. */
async function checkGroups({ access: { client }, signal }: RestoreCheckOptions): Promise<Finding> {
  const active = (await client.listGroups({ signal })).filter(({ state }) => !isInactiveState(state));
  if (active.length === 0) {
    const finding = { en: 'No group has members.', zh: '没有消费组存在活跃成员。' };
    return { result: 'passed', finding };
  }
  const named = await clientsOf(active.slice(0, MOST_NAMED), { client }, signal);
  const more = active.length > named.length ? ` (+ ${active.length - named.length})` : '';
  const list = named.join('; ');
  return {
    result: 'warning',
    finding: {
      en: `Groups with members: ${list}${more}.`,
      zh: `存在活跃成员的消费组：${list}${more}。`,
    },
    remedy: {
      en: 'Stop the clients of groups that are to be restored: Kafka refuses to set their offsets.',
      zh: '请停止待恢复消费组的客户端：Kafka 会拒绝设置其位点。',
    },
  };
}

/** `billing (client app-1 at 10.0.0.7)` */
async function clientsOf(
  groups: readonly GroupListing[],
  { client }: Pick<KafkaAccess, 'client'>,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const described = await describedGroups(groups, { client }, signal);
  return groups.map(({ id }, i) => {
    const found = described[i];
    if (found === undefined || isKafkaError(found)) return id;
    const clients = found.members.map(({ clientId, host }) => `${clientId} @ ${host}`);
    return clients.length === 0 ? id : `${id} (${clients.slice(0, MOST_NAMED).join(', ')})`;
  });
}

/** Who the members are is told where the cluster can; kinds of groups that this client does not know stay names. */
async function describedGroups(
  groups: readonly GroupListing[],
  { client }: Pick<KafkaAccess, 'client'>,
  signal: AbortSignal | undefined,
): Promise<Awaited<ReturnType<KafkaAccess['client']['describeGroups']>>> {
  try {
    return await client.describeGroups(groups, { signal });
  } catch (error) {
    if (!isUnknownKind(error)) throw error;
    return [];
  }
}

async function checkRights({ access: { client }, signal }: RestoreCheckOptions): Promise<Finding> {
  const allowed = await client.clusterOperations({ signal });
  if (allowed === undefined) {
    const finding = {
      en: 'The cluster does not tell what the account may do.',
      zh: '集群未告知该账号的权限。',
    };
    return { result: 'unknown', finding };
  }
  const lacking = NEEDED.filter((operation) => !allowed.includes(operation));
  if (lacking.length === 0) {
    const finding = {
      en: 'The account may change the cluster.',
      zh: '该账号可以修改集群。',
    };
    return { result: 'passed', finding };
  }
  const names = lacking.join(', ');
  return {
    result: 'warning',
    finding: {
      en: `The account lacks rights on the cluster: ${names}.`,
      zh: `该账号在集群上缺少权限：${names}。`,
    },
    remedy: {
      en: 'Give the account the rights that the driver’s page names; what needs others will fail.',
      zh: '请按驱动说明页为账号授权；需要其他权限的步骤将失败。',
    },
  };
}

/** What happens on the cluster beyond the steps of the plan is told with it. */
async function announceTrial({ access: { options } }: RestoreCheckOptions): Promise<Finding> {
  const finding = options.trial
    ? {
        en: `After the restore every broker is tried in a topic ${TRIAL_PREFIX}…, which is deleted again.`,
        zh: `恢复后将在主题 ${TRIAL_PREFIX}… 中试验各 broker，随后删除该主题。`,
      }
    : { en: 'The brokers are not tried after the restore.', zh: '恢复后不试验 broker。' };
  return { result: 'passed', finding };
}
