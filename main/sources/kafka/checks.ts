import type { Text } from '../../../shared/errors/text.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { KafkaClient } from '../../protocols/kafka/index.ts';
import type { KafkaAccess } from './access.ts';
import { isDenied, isUnknownKind } from './faults.ts';
import type { Branch } from './keys.ts';

export interface CheckOptions {
  readonly access: KafkaAccess;
  readonly signal?: AbortSignal | undefined;
}

type Finding = Omit<CheckResult, 'subject'>;

const GRANT: Text = {
  en: 'Give the account the rights that the driver’s page names.',
  zh: '请按驱动说明页为账号授权。',
};

/** Everything that can be known before a capture; nothing is written. */
export async function* check(options: CheckOptions): AsyncGenerator<CheckResult> {
  const subject = options.access.options.bootstrapServers;
  const reachable = await checkReachable(options);
  yield { subject, ...reachable };
  if (reachable.result === 'failed') return;
  const runs = [
    ['kafka.version', checkRelease],
    ['kafka.visible', checkVisible],
    ['kafka.read', checkKinds],
    ['kafka.verifiers', checkVerifiers],
  ] as const;
  for (const [check, run] of runs) {
    for (const finding of await unlessUntold(check, run, options)) yield { subject, ...finding };
  }
}

/** What a check that the cluster does not answer finds: nothing either way. */
async function unlessUntold(
  check: string,
  run: (options: CheckOptions) => Promise<Finding[]>,
  options: CheckOptions,
): Promise<Finding[]> {
  try {
    return await run(options);
  } catch (error) {
    options.signal?.throwIfAborted();
    const finding = {
      en: `The cluster does not tell: ${messageOf(error)}.`,
      zh: `集群未能提供：${messageOf(error)}。`,
    };
    return [{ check, result: 'unknown', finding }];
  }
}

async function checkReachable({ access: { client }, signal }: CheckOptions): Promise<Finding> {
  const check = 'kafka.reachable';
  try {
    const { brokers } = await client.describeCluster({ signal });
    const addresses = brokers.map(({ host, port }) => `${host}:${port}`).join(', ');
    return {
      check,
      result: 'passed',
      finding: { en: `Brokers: ${addresses}.`, zh: `Broker：${addresses}。` },
    };
  } catch (error) {
    signal?.throwIfAborted();
    return {
      check,
      result: 'failed',
      finding: {
        en: `No broker tells the cluster: ${messageOf(error)}.`,
        zh: `没有 broker 提供集群信息：${messageOf(error)}。`,
      },
      remedy: {
        en: 'See that brokers run, and that this machine reaches the addresses they advertise.',
        zh: '请确认 broker 正在运行，且本机可以访问其公布的地址。',
      },
    };
  }
}

async function checkRelease({ access: { client }, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'kafka.version';
  const release = await client.release({ signal });
  if (release === null) {
    return [
      {
        check,
        result: 'failed',
        finding: { en: 'The brokers are older than 2.8.', zh: 'broker 版本早于 2.8。' },
        remedy: { en: 'Kafka 2.8 or later is needed.', zh: '需要 Kafka 2.8 或更高版本。' },
      },
    ];
  }
  const finding = {
    en: `The brokers speak as Kafka ${release} does.`,
    zh: `broker 的协议与 Kafka ${release} 一致。`,
  };
  return [{ check, result: 'passed', finding }];
}

async function checkVisible({ access: { client }, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'kafka.visible';
  const { topics, groups } = await client.seesEverything({ signal });
  if (topics && groups) {
    const finding = {
      en: 'The account may describe all topics and groups.',
      zh: '该账号可以描述全部主题与消费组。',
    };
    return [{ check, result: 'passed', finding }];
  }
  const en = [...(topics ? [] : ['topics']), ...(groups ? [] : ['groups'])].join(' and ');
  const zh = [...(topics ? [] : ['主题']), ...(groups ? [] : ['消费组'])].join('与');
  return [
    {
      check,
      result: 'warning',
      finding: {
        en: `The account may not describe all ${en}: those it does not see are not captured.`,
        zh: `该账号不能描述全部${zh}：不可见的对象不会被捕获。`,
      },
      remedy: GRANT,
    },
  ];
}

/** Kinds that need a right of their own on the cluster. */
async function checkKinds({ access: { client }, signal }: CheckOptions): Promise<Finding[]> {
  const asked: readonly (readonly [Branch, () => Promise<unknown>])[] = [
    ['acls', () => client.describeAcls({ signal })],
    ['configs', () => describeDefaults(client, signal)],
    ['quotas', () => client.describeQuotas({ signal })],
    ['users', () => client.describeScram({ signal })],
  ];
  return Promise.all(asked.map(([branch, ask]) => kindFinding(branch, ask, signal)));
}

async function describeDefaults(client: KafkaClient, signal: AbortSignal | undefined): Promise<void> {
  const [found] = await client.describeConfigs([{ type: 'broker', name: '' }], { signal });
  if (found instanceof Error) throw found;
}

async function kindFinding(
  branch: Branch,
  ask: () => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<Finding> {
  const check = `kafka.read-${branch}`;
  try {
    await ask();
    const finding = { en: `The account may read ${branch}.`, zh: `该账号可以读取 ${branch}。` };
    return { check, result: 'passed', finding };
  } catch (error) {
    signal?.throwIfAborted();
    if (isUnknownKind(error)) {
      const finding = { en: `This cluster has no ${branch}.`, zh: `该集群没有 ${branch}。` };
      return { check, result: 'passed', finding };
    }
    const finding = {
      en: `${branch} cannot be read: ${messageOf(error)}.`,
      zh: `无法读取 ${branch}：${messageOf(error)}。`,
    };
    return { check, result: isDenied(error) ? 'warning' : 'unknown', finding, remedy: GRANT };
  }
}

async function checkVerifiers({ access: { client, verifiers }, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'kafka.verifiers';
  if (verifiers === undefined) return [];
  const { clusterId } = await client.describeCluster({ signal });
  try {
    const there = await verifiers.clusterId(signal);
    if (there === clusterId) {
      const finding = { en: 'The ZooKeeper is that of this Kafka.', zh: '该 ZooKeeper 属于此 Kafka。' };
      return [{ check, result: 'passed', finding }];
    }
    return [
      {
        check,
        result: 'failed',
        finding: {
          en: `The ZooKeeper belongs to cluster ${there ?? 'none'}, not to ${clusterId}.`,
          zh: `该 ZooKeeper 属于集群 ${there ?? '（无）'}，而非 ${clusterId}。`,
        },
        remedy: { en: 'Correct the connect string or its path.', zh: '请更正连接串或其路径。' },
      },
    ];
  } catch (error) {
    signal?.throwIfAborted();
    const finding = {
      en: `The ZooKeeper cannot be read: ${messageOf(error)}.`,
      zh: `无法读取 ZooKeeper：${messageOf(error)}。`,
    };
    return [{ check, result: 'failed', finding, remedy: GRANT }];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
