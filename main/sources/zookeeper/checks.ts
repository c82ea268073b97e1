import type { CheckResult } from '../../../shared/model/preflight.ts';
import { type Acl, isZooKeeperError, Perms, parseConnectString } from '../../protocols/zookeeper/index.ts';
import type { CheckPurpose } from '../contract.ts';
import { isMasked, type OwnIdentity } from './acl.ts';
import type { Link } from './link.ts';
import type { ZooKeeperOptions } from './options.ts';
import { askServer, isReport, type ServerReport, type ServerSilence } from './server-report.ts';

export interface CheckOptions {
  readonly link: Link;
  readonly options: ZooKeeperOptions;
  readonly identity: OwnIdentity;
  readonly purpose: CheckPurpose;
  readonly signal?: AbortSignal | undefined;
}

type Finding = Omit<CheckResult, 'subject'>;

const ALLOW_SRVR = {
  en: 'Put srvr on the servers’ 4lw.commands.whitelist.',
  zh: '请将 srvr 加入服务器的 4lw.commands.whitelist。',
};

/** Everything that can be known before a run; nothing is written, and nothing tried after a restore. */
export async function* check(options: CheckOptions): AsyncGenerator<CheckResult> {
  if (options.purpose === 'restored') return;
  const subject = options.options.connectString;
  for (const run of [checkReachable, checkServers, checkAccess, checkFeatures, checkIdentity, checkClock]) {
    for (const finding of await run(options)) yield { subject, ...finding };
  }
}

async function checkReachable({ link, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'zookeeper.reachable';
  try {
    await link.read((client) => client.sync('/', signal && { signal }), signal);
    const { host, port } = link.client.server;
    const finding = { en: `${host}:${port} serves the session.`, zh: `${host}:${port} 正在提供会话。` };
    return [{ check, result: 'passed', finding }];
  } catch (error) {
    signal?.throwIfAborted();
    return [
      {
        check,
        result: 'failed',
        finding: {
          en: `No server serves the session: ${messageOf(error)}.`,
          zh: `没有服务器能提供会话：${messageOf(error)}。`,
        },
        remedy: {
          en: 'See that a majority of the servers runs and that this machine reaches one of them.',
          zh: '请确认多数服务器正在运行，且本机可以访问其中之一。',
        },
      },
    ];
  }
}

/** Version and quorum by what each listed server says of itself. */
async function checkServers({ link, options, signal }: CheckOptions): Promise<Finding[]> {
  const { servers } = parseConnectString(options.connectString);
  const answers = await Promise.all(servers.map((server) => askServer(server, link.way, signal)));
  return [versionFinding(answers), quorumFinding(answers)];
}

function versionFinding(answers: readonly (ServerReport | ServerSilence)[]): Finding {
  const check = 'zookeeper.version';
  const versions = [...new Set(answers.filter(isReport).map(({ version }) => version))];
  if (versions.length === 0) {
    return {
      check,
      result: 'unknown',
      finding: { en: 'No server tells its version.', zh: '没有服务器报告其版本。' },
      remedy: ALLOW_SRVR,
    };
  }
  const old = versions.filter(isBefore35);
  if (old.length > 0) {
    return {
      check,
      result: 'failed',
      finding: { en: `Version ${old.join(', ')} is too old.`, zh: `版本 ${old.join(', ')} 过旧。` },
      remedy: { en: 'ZooKeeper 3.5 or later is needed.', zh: '需要 ZooKeeper 3.5 或更高版本。' },
    };
  }
  if (versions.length > 1) {
    return {
      check,
      result: 'warning',
      finding: {
        en: `The servers run different versions: ${versions.join(', ')}.`,
        zh: `各服务器版本不同：${versions.join(', ')}。`,
      },
      remedy: { en: 'Finish the upgrade of the cluster.', zh: '请完成集群升级。' },
    };
  }
  const finding = { en: `The servers run ${versions[0]}.`, zh: `服务器版本为 ${versions[0]}。` };
  return { check, result: 'passed', finding };
}

function quorumFinding(answers: readonly (ServerReport | ServerSilence)[]): Finding {
  const check = 'zookeeper.quorum';
  const reports = answers.filter(isReport);
  const dead = answers.filter((answer) => !isReport(answer) && !answer.answers).map(({ address }) => address);
  const readOnly = reports.filter(({ mode }) => mode === 'read-only');
  if (readOnly.length > 0) {
    const who = readOnly.map(({ address }) => address).join(', ');
    return {
      check,
      result: 'failed',
      finding: { en: `${who} only reads: the quorum is lost.`, zh: `${who} 只读：已失去法定人数。` },
      remedy: { en: 'Bring back a majority of the servers.', zh: '请恢复多数服务器。' },
    };
  }
  if (dead.length > 0) {
    return {
      check,
      result: dead.length === answers.length ? 'failed' : 'warning',
      finding: { en: `No answer from ${dead.join(', ')}.`, zh: `${dead.join(', ')} 没有应答。` },
      remedy: {
        en: 'Start these servers or take them out of the connect string.',
        zh: '请启动这些服务器，或将其从连接串中删除。',
      },
    };
  }
  if (reports.length < answers.length || reports.length === 0) {
    return {
      check,
      result: 'unknown',
      finding: { en: 'Not every server tells its role.', zh: '并非所有服务器都报告其角色。' },
      remedy: ALLOW_SRVR,
    };
  }
  const roles = reports.map(({ address, mode }) => `${address} ${mode}`).join(', ');
  const finding = { en: `All listed servers answer: ${roles}.`, zh: `所列服务器均有应答：${roles}。` };
  return { check, result: 'passed', finding };
}

async function checkAccess({ link, identity, purpose, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'zookeeper.access';
  try {
    const [node] = await link.read((client) => client.readNodes(['/'], signal && { signal }), signal);
    if (node === null || node === undefined) return [missingRoot(link, check)];
    if (isZooKeeperError(node)) throw node;
    if (isMasked(node.acl)) {
      return [
        {
          check,
          result: 'warning',
          finding: {
            en: 'The password hashes in the ACL of / are hidden from this account.',
            zh: '/ 的 ACL 中的密码哈希对此账号不可见。',
          },
          remedy: {
            en: 'Sign in as an account with ADMIN on the nodes, or ACLs with hashes cannot be restored.',
            zh: '请以对这些节点拥有 ADMIN 权限的账号登录，否则含哈希的 ACL 无法恢复。',
          },
        },
      ];
    }
    return [purpose === 'restore' ? writeFinding(check, identity, node.acl) : passedAccess(check)];
  } catch (error) {
    signal?.throwIfAborted();
    const result = isZooKeeperError(error, 'NoAuth') ? 'failed' : 'unknown';
    return [
      {
        check,
        result,
        finding: { en: `/ cannot be read: ${messageOf(error)}.`, zh: `无法读取 /：${messageOf(error)}。` },
        remedy: {
          en: 'Give the account READ and ADMIN on the nodes to capture.',
          zh: '请为账号授予待捕获节点的 READ 与 ADMIN 权限。',
        },
      },
    ];
  }
}

function passedAccess(check: string): Finding {
  const finding = { en: 'Data, ACL and children of / can be read.', zh: '可以读取 / 的数据、ACL 与子节点。' };
  return { check, result: 'passed', finding };
}

function missingRoot(link: Link, check: string): Finding {
  return {
    check,
    result: 'failed',
    finding: {
      en: `The path ${link.chroot} of the connect string does not exist.`,
      zh: `连接串中的路径 ${link.chroot} 不存在。`,
    },
    remedy: { en: 'Correct the path, or create the node.', zh: '请更正路径，或创建该节点。' },
  };
}

/** Whether nodes may be created below the root, as far as its ACL tells. */
function writeFinding(check: string, identity: OwnIdentity, acl: readonly Acl[]): Finding {
  if (identity.allowed(acl, Perms.create | Perms.delete)) {
    const finding = { en: 'Nodes may be created and deleted below /.', zh: '可以在 / 下创建和删除节点。' };
    return { check, result: 'passed', finding };
  }
  return {
    check,
    result: 'unknown',
    finding: {
      en: 'The ACL of / does not name this account; it may still be allowed, as super user or by its address.',
      zh: '/ 的 ACL 未列出此账号；作为超级用户或按其地址仍可能获准。',
    },
    remedy: {
      en: 'Restore with an account that has CREATE, DELETE, WRITE and ADMIN, or as super user.',
      zh: '请用拥有 CREATE、DELETE、WRITE 与 ADMIN 权限的账号或超级用户进行恢复。',
    },
  };
}

async function checkFeatures({ link, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'zookeeper.consistency';
  try {
    const known = await link.read((client) => client.capabilities(signal && { signal }), signal);
    if (known.addWatch) {
      const finding = {
        en: 'The servers report changes while a capture runs.',
        zh: '捕获期间服务器会报告变更。',
      };
      return [{ check, result: 'passed', finding }];
    }
    return [
      {
        check,
        result: 'warning',
        finding: {
          en: 'The servers (3.5) do not report changes: a capture is of one moment only when few nodes change while it runs.',
          zh: '服务器（3.5）不报告变更：只有捕获期间变更很少时，结果才对应同一时刻。',
        },
        remedy: {
          en: 'Capture when the cluster is quiet, or upgrade to 3.6 or later.',
          zh: '请在集群空闲时捕获，或升级到 3.6 或更高版本。',
        },
      },
    ];
  } catch (error) {
    signal?.throwIfAborted();
    const finding = {
      en: `The servers could not be asked: ${messageOf(error)}.`,
      zh: `无法询问服务器：${messageOf(error)}。`,
    };
    return [{ check, result: 'unknown', finding }];
  }
}

async function checkIdentity({ identity, purpose }: CheckOptions): Promise<Finding[]> {
  if (purpose === 'capture') return [];
  const check = 'zookeeper.identity';
  if (identity.named) {
    const finding = {
      en: 'Nodes can be kept to this account until their ACLs are set.',
      zh: '在设置 ACL 之前，节点可仅对此账号开放。',
    };
    return [{ check, result: 'passed', finding }];
  }
  return [
    {
      check,
      result: 'warning',
      finding: {
        en: 'The account has no identity: nodes below restricted ones cannot be restored.',
        zh: '账号没有身份：受限节点之下的节点无法恢复。',
      },
      remedy: {
        en: 'Sign in with digest; any user and password will do.',
        zh: '请用 digest 登录，任意用户名和密码均可。',
      },
    },
  ];
}

async function checkClock(): Promise<Finding[]> {
  return [
    {
      check: 'zookeeper.clock',
      result: 'unknown',
      finding: {
        en: 'ZooKeeper tells its time only with a write. Captures do not depend on it.',
        zh: 'ZooKeeper 仅在写入时报告时间。捕获不依赖于它。',
      },
    },
  ];
}

function isBefore35(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 3 || (major === 3 && minor < 5);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
