import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A command that tests use, the Debian packages that have it (the first that installs wins), and what for. */
interface Tool {
  readonly command: string;
  /** Arguments with which the command tells that it has what is needed; without them it is enough that it is there. */
  readonly probe?: readonly string[];
  readonly packages: readonly string[];
  readonly purpose: string;
}

/** The commands a test run wants on PATH. */
const tools: readonly Tool[] = [
  { command: 'java', packages: ['openjdk-17-jdk-headless', 'default-jdk-headless'], purpose: 'real servers' },
  {
    command: 'javac',
    packages: ['openjdk-17-jdk-headless', 'default-jdk-headless'],
    purpose: 'foreign clients',
  },
  { command: 'mvn', packages: ['maven'], purpose: 'fetching the servers' },
  { command: 'openssl', packages: ['openssl'], purpose: 'test certificates' },
  { command: 'go', packages: ['golang-go'], purpose: 'building the S3 server' },
  { command: 'python3', packages: ['python3'], purpose: 'independent archive readers' },
  {
    command: '/usr/bin/python3',
    probe: ['-c', 'import cryptography'],
    packages: ['python3-cryptography'],
    purpose: 'the independent reader of sealed and signed archives',
  },
  {
    command: 'python3',
    probe: ['-m', 'pip', '--version'],
    packages: ['python3-pip'],
    purpose: 'a foreign S3 client',
  },
  { command: 'gnome-keyring-daemon', packages: ['gnome-keyring'], purpose: 'a real keychain' },
  { command: 'dbus-run-session', packages: ['dbus-daemon', 'dbus'], purpose: 'a real keychain' },
  { command: 'tar', packages: ['tar'], purpose: 'archive format checks' },
  { command: 'gzip', packages: ['gzip'], purpose: 'archive format checks' },
  { command: 'bsdtar', packages: ['libarchive-tools'], purpose: 'archive format checks' },
  { command: '7z', packages: ['p7zip-full', '7zip'], purpose: 'archive format checks' },
  { command: 'busybox', packages: ['busybox'], purpose: 'archive format checks' },
  { command: 'chromium', packages: ['chromium', 'chromium-browser'], purpose: 'tests of the screens' },
  { command: 'Xvfb', packages: ['xvfb'], purpose: 'tests of the desktop application' },
  { command: '/usr/sbin/sshd', probe: ['-V'], packages: ['openssh-server'], purpose: 'SSH tunnels' },
  { command: 'ssh-keygen', packages: ['openssh-client'], purpose: 'keys for SSH tunnels' },
  { command: 'pigz', packages: ['pigz'], purpose: 'archive format checks and the bench' },
];

/** Whether the command is found on PATH and has what is needed of it. */
async function hasTool({ command, probe }: Pick<Tool, 'command' | 'probe'>): Promise<boolean> {
  return await execute(probe === undefined ? 'which' : command, [...(probe ?? [command])]).then(
    () => true,
    () => false,
  );
}

/**
 * Installs what is missing by apt-get, as root or through password-less sudo, and returns the tools that still
 * are not there.
 */
export async function ensureTools(): Promise<readonly Tool[]> {
  const missing = await filterMissing(tools);
  if (missing.length === 0) return [];
  const prefix = await rootPrefix();
  if (prefix === undefined || !(await hasTool({ command: 'apt-get' }))) return missing;
  await apt(prefix, ['update', '-q']);
  for (const tool of missing) {
    for (const name of tool.packages) {
      if (await hasTool(tool)) break;
      await apt(prefix, ['install', '-y', '-q', '--no-install-recommends', name]);
    }
  }
  return await filterMissing(missing);
}

/** One line for a person: what is missing, what for, and how to get it. */
export function remedyFor(missing: readonly Tool[]): string {
  const names = missing.map(({ command, purpose }) => `${command} (${purpose})`).join(', ');
  const packages = [...new Set(missing.map(({ packages: [first] }) => first))].join(' ');
  return `missing on PATH: ${names}. Install them, on Debian or Ubuntu by: sudo apt-get install ${packages}`;
}

/**
 * Runs a command to its end and returns its standard output. A missing command fails with its remedy, a failing
 * one with the end of what it printed.
 */
export async function runTool(command: string, args: string[], cwd?: string): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { ...(cwd && { cwd }), maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error(remedyFor(tools.filter((tool) => tool.command === command)));
    const printed = `${stdout}\n${stderr}`.trim().slice(-3000);
    throw new Error(`${command} ${args.join(' ')} failed (${String(code)}):\n${printed}`);
  }
}

async function filterMissing(wanted: readonly Tool[]): Promise<Tool[]> {
  const found = await Promise.all(wanted.map(async (tool) => await hasTool(tool)));
  return wanted.filter((_, index) => !found[index]);
}

async function rootPrefix(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = await execute('sudo', ['-n', 'true']).then(
    () => true,
    () => false,
  );
  return sudo ? ['sudo', '-n'] : undefined;
}

/** Failures are not thrown: what counts is whether the tool is there afterwards. Output shows on stderr. */
async function apt(prefix: string[], args: string[]): Promise<void> {
  const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
  await new Promise<void>((resolve) => {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn(command, rest, { stdio: ['ignore', 2, 2], env: environment });
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}
