import type { CheckResult } from '../../../shared/model/preflight.ts';
import { type Acl, isZooKeeperError, Perms, parseConnectString } from '../../protocols/zookeeper/index.ts';
import { isMasked, type OwnIdentity } from './acl.ts';
import type { Link } from './link.ts';
import { connectOptions } from './link.ts';
import type { ZooKeeperOptions } from './options.ts';
import { askServer, isReport, type ServerReport, type ServerSilence } from './server-report.ts';

export interface CheckOptions {
  readonly link: Link;
  readonly options: ZooKeeperOptions;
  readonly identity: OwnIdentity;
  readonly purpose: 'capture' | 'restore';
  readonly signal?: AbortSignal | undefined;
}

type Finding = Omit<CheckResult, 'subject'>;

/** Everything that can be known before a run; nothing is written. */
export async function* check(options: CheckOptions): AsyncGenerator<CheckResult> {
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
    return [{ check, result: 'passed', finding: `${host}:${port} serves the session.` }];
  } catch (error) {
    signal?.throwIfAborted();
    return [
      {
        check,
        result: 'failed',
        finding: `No server serves the session: ${messageOf(error)}.`,
        remedy: 'See that a majority of the servers runs and that this machine reaches one of them.',
      },
    ];
  }
}

/** Version and quorum by what each listed server says of itself. */
async function checkServers({ options, signal }: CheckOptions): Promise<Finding[]> {
  const settings = connectOptions(options);
  const { servers } = parseConnectString(options.connectString);
  const answers = await Promise.all(servers.map((server) => askServer(server, settings, signal)));
  return [versionFinding(answers), quorumFinding(answers)];
}

function versionFinding(answers: readonly (ServerReport | ServerSilence)[]): Finding {
  const check = 'zookeeper.version';
  const versions = [...new Set(answers.filter(isReport).map(({ version }) => version))];
  if (versions.length === 0) {
    return {
      check,
      result: 'unknown',
      finding: 'No server tells its version.',
      remedy: 'Put srvr on the servers’ 4lw.commands.whitelist.',
    };
  }
  const old = versions.filter(isBefore35);
  if (old.length > 0) {
    return {
      check,
      result: 'failed',
      finding: `Version ${old.join(', ')} is too old.`,
      remedy: 'ZooKeeper 3.5 or later is needed.',
    };
  }
  if (versions.length > 1) {
    return {
      check,
      result: 'warning',
      finding: `The servers run different versions: ${versions.join(', ')}.`,
      remedy: 'Finish the upgrade of the cluster.',
    };
  }
  return { check, result: 'passed', finding: `The servers run ${versions[0]}.` };
}

function quorumFinding(answers: readonly (ServerReport | ServerSilence)[]): Finding {
  const check = 'zookeeper.quorum';
  const reports = answers.filter(isReport);
  const dead = answers.filter((answer) => !isReport(answer) && !answer.answers).map(({ address }) => address);
  const readOnly = reports.filter(({ mode }) => mode === 'read-only');
  if (readOnly.length > 0) {
    return {
      check,
      result: 'failed',
      finding: `${readOnly.map(({ address }) => address).join(', ')} only reads: the quorum is lost.`,
      remedy: 'Bring back a majority of the servers.',
    };
  }
  if (dead.length > 0) {
    return {
      check,
      result: dead.length === answers.length ? 'failed' : 'warning',
      finding: `No answer from ${dead.join(', ')}.`,
      remedy: 'Start these servers or take them out of the connect string.',
    };
  }
  if (reports.length < answers.length || reports.length === 0) {
    return {
      check,
      result: 'unknown',
      finding: 'Not every server tells its role.',
      remedy: 'Put srvr on the servers’ 4lw.commands.whitelist.',
    };
  }
  const roles = reports.map(({ address, mode }) => `${address} ${mode}`).join(', ');
  return { check, result: 'passed', finding: `All listed servers answer: ${roles}.` };
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
          finding: 'The password hashes in the ACL of / are hidden from this account.',
          remedy: 'Sign in as an account with ADMIN on the nodes, or ACLs with hashes cannot be restored.',
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
        finding: `/ cannot be read: ${messageOf(error)}.`,
        remedy: 'Give the account READ and ADMIN on the nodes to capture.',
      },
    ];
  }
}

function passedAccess(check: string): Finding {
  return { check, result: 'passed', finding: 'Data, ACL and children of / can be read.' };
}

function missingRoot(link: Link, check: string): Finding {
  return {
    check,
    result: 'failed',
    finding: `The path ${link.chroot} of the connect string does not exist.`,
    remedy: 'Correct the path, or create the node.',
  };
}

/** Whether nodes may be created below the root, as far as its ACL tells. */
function writeFinding(check: string, identity: OwnIdentity, acl: readonly Acl[]): Finding {
  if (identity.allowed(acl, Perms.create | Perms.delete)) {
    return { check, result: 'passed', finding: 'Nodes may be created and deleted below /.' };
  }
  return {
    check,
    result: 'unknown',
    finding:
      'The ACL of / does not name this account; it may still be allowed, as super user or by its address.',
    remedy: 'Restore with an account that has CREATE, DELETE, WRITE and ADMIN, or as super user.',
  };
}

async function checkFeatures({ link, signal }: CheckOptions): Promise<Finding[]> {
  const check = 'zookeeper.consistency';
  try {
    const known = await link.read((client) => client.capabilities(signal && { signal }), signal);
    if (known.addWatch) {
      return [{ check, result: 'passed', finding: 'The servers report changes while a capture runs.' }];
    }
    return [
      {
        check,
        result: 'warning',
        finding:
          'The servers (3.5) do not report changes: a capture is of one moment only when few nodes change while it runs.',
        remedy: 'Capture when the cluster is quiet, or upgrade to 3.6 or later.',
      },
    ];
  } catch (error) {
    signal?.throwIfAborted();
    return [{ check, result: 'unknown', finding: `The servers could not be asked: ${messageOf(error)}.` }];
  }
}

async function checkIdentity({ identity, purpose }: CheckOptions): Promise<Finding[]> {
  if (purpose === 'capture') return [];
  const check = 'zookeeper.identity';
  if (identity.named) {
    return [
      { check, result: 'passed', finding: 'Nodes can be kept to this account until their ACLs are set.' },
    ];
  }
  return [
    {
      check,
      result: 'warning',
      finding: 'The account has no identity: nodes below restricted ones cannot be restored.',
      remedy: 'Sign in with digest; any user and password will do.',
    },
  ];
}

async function checkClock(): Promise<Finding[]> {
  return [
    {
      check: 'zookeeper.clock',
      result: 'unknown',
      finding: 'ZooKeeper tells its time only with a write. Captures do not depend on it.',
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
