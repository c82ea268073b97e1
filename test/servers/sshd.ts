import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from './condition.ts';
import { reservePort } from './ports.ts';
import { removeWorkFolder, type ServerProcess, startProcess, workFolder } from './processes.ts';
import { runTool } from './tools.ts';

const SSHD = '/usr/sbin/sshd';

/** What a test may ask of an SSH host. */
export interface SshdOptions {
  /** Names that only the host knows, with their addresses. */
  readonly names?: Readonly<Record<string, string>>;
  /** Default: yes. No: it lets people in, and nothing through. */
  readonly forwarding?: boolean;
  /** The only places that it connects to, each `host:port`. Default: any. */
  readonly permitOpen?: readonly string[];
  /** Asks for the password by questions instead of taking it. */
  readonly interactive?: boolean;
  /** Further lines of its configuration; they count before its own. */
  readonly lines?: readonly string[];
}

/** A key pair as `ssh-keygen` writes it. */
export interface SshKey {
  readonly privateKey: string;
  readonly publicKey: string;
}

/**
 * A real OpenSSH server on loopback with users and names of its own: it lives in a mount namespace in which other
 * files stand for `/etc/passwd`, `/etc/shadow` and `/etc/hosts`. Needs root. Gone when this process ends.
 */
export interface SshServer extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Of its host key, as `ssh-keygen -l` prints it. */
  fingerprint(): Promise<string>;
  /** Lets the owner of the key in. */
  admit(key: SshKey): void;
  /** Kills what serves the connections that are open; new ones are served. */
  cut(): Promise<void>;
  /** SIGSTOP: what serves the connections that are open says nothing more. */
  pause(): Promise<void>;
  /** SIGCONT. */
  resume(): Promise<void>;
  /** Ends it; connections that are open too. */
  stop(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** From its next start on it has another host key. */
  changeHostKey(): Promise<void>;
  /** What it wrote so far. */
  log(): string;
}

/** Makes a key pair. */
export async function newSshKey(type: 'ed25519' | 'ecdsa' | 'rsa', passphrase = ''): Promise<SshKey> {
  const folder = workFolder('ssh-key');
  try {
    const file = join(folder, 'key');
    await runTool('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'test', '-f', file]);
    return { privateKey: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8') };
  } finally {
    removeWorkFolder(folder);
  }
}

/** A running SSH agent that holds one key. */
export interface SshAgent extends AsyncDisposable {
  readonly socket: string;
}

/** Starts an agent and gives it a key without a passphrase. */
export async function startSshAgent({ privateKey }: SshKey): Promise<SshAgent> {
  const folder = workFolder('ssh-agent');
  const [socket, file] = [join(folder, 'socket'), join(folder, 'key')];
  const agent = startProcess('ssh-agent', ['-D', '-a', socket], folder, join(folder, 'log'));
  await until('the socket of the agent', () => existsSync(socket) || undefined);
  writeFileSync(file, privateKey, { mode: 0o600 });
  await runTool('env', [`SSH_AUTH_SOCK=${socket}`, 'ssh-add', '-q', file]);
  return {
    socket,
    async [Symbol.asyncDispose]() {
      agent.signal('SIGTERM');
      await agent.gone();
      removeWorkFolder(folder);
    },
  };
}

/** Starts an SSH host; resolves when it answers. */
export async function startSshd(options: SshdOptions = {}): Promise<SshServer> {
  const reserved = await reservePort();
  const server = new RunningSshd(workFolder('sshd'), reserved.port, reserved.release);
  try {
    await server.prepare(options);
    await server.start();
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

class RunningSshd implements SshServer {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly user = 'ops';
  readonly password = 'ops-secret';
  readonly #folder: string;
  readonly #release: () => void;
  #process: ServerProcess | undefined;

  constructor(folder: string, port: number, release: () => void) {
    this.#folder = folder;
    this.port = port;
    this.#release = release;
  }

  async prepare(options: SshdOptions): Promise<void> {
    await this.changeHostKey();
    const hash = (await runTool('openssl', ['passwd', '-6', this.password])).trim();
    for (const [name, line] of [
      ['passwd', `${this.user}:x:1000:1000::/:/bin/sh\n`],
      ['shadow', `${this.user}:${hash}:19000:0:99999:7:::\n`],
      [
        'hosts',
        Object.entries(options.names ?? {})
          .map(([name, at]) => `${at} ${name}\n`)
          .join(''),
      ],
    ] as const) {
      copyFileSync(`/etc/${name}`, this.#file(name));
      appendFileSync(this.#file(name), line);
    }
    // It is read with the rights of whoever wants in.
    chmodSync(this.#folder, 0o755);
    writeFileSync(this.#file('admitted'), '');
    writeFileSync(this.#file('config'), this.#configuration(options));
    // Where sshd, as root, drops into before anybody has signed in.
    mkdirSync('/run/sshd', { recursive: true });
  }

  async fingerprint(): Promise<string> {
    const line = await runTool('ssh-keygen', ['-l', '-f', this.#file('host-key.pub')]);
    return line.split(' ')[1] ?? '';
  }

  admit({ publicKey }: SshKey): void {
    appendFileSync(this.#file('admitted'), publicKey);
  }

  async start(): Promise<void> {
    const mounts = ['passwd', 'shadow', 'hosts'].map(
      (name) => `mount --bind ${this.#file(name)} /etc/${name} && `,
    );
    const sshd = `exec ${SSHD} -D -e -f ${this.#file('config')}`;
    const args = ['--mount', '--propagation', 'private', 'sh', '-c', mounts.join('') + sshd];
    const started = startProcess('unshare', args, this.#folder, this.#file('log'));
    this.#process = started;
    await until(`sshd on port ${this.port}`, async () => {
      const ended = started.ended();
      if (ended !== undefined) throw new Error(`sshd ended (${ended}):\n${this.log()}`);
      return (await answers(this.port)) ? true : undefined;
    });
  }

  async cut(): Promise<void> {
    await this.#signal('SIGKILL');
  }

  pause(): Promise<void> {
    return this.#signal('SIGSTOP');
  }

  resume(): Promise<void> {
    return this.#signal('SIGCONT');
  }

  async #signal(name: NodeJS.Signals): Promise<void> {
    for (const pid of await this.#descendants()) signal(pid, name);
  }

  async stop(): Promise<void> {
    const sessions = await this.#descendants();
    this.#process?.signal('SIGKILL');
    await this.#process?.gone();
    for (const pid of sessions) signal(pid, 'SIGKILL');
    this.#process = undefined;
  }

  async changeHostKey(): Promise<void> {
    const { privateKey, publicKey } = await newSshKey('ed25519');
    writeFileSync(this.#file('host-key'), privateKey, { mode: 0o600 });
    writeFileSync(this.#file('host-key.pub'), publicKey);
  }

  log(): string {
    return readFileSync(this.#file('log'), 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.#release();
    removeWorkFolder(this.#folder);
  }

  #configuration({ forwarding = true, permitOpen, interactive = false, lines = [] }: SshdOptions): string {
    const yes = (value: boolean) => (value ? 'yes' : 'no');
    return [
      ...lines,
      `ListenAddress 127.0.0.1:${this.port}`,
      `HostKey ${this.#file('host-key')}`,
      `PidFile ${this.#file('sshd.pid')}`,
      `AuthorizedKeysFile ${this.#file('admitted')}`,
      'StrictModes no',
      `UsePAM ${yes(interactive)}`,
      `PasswordAuthentication ${yes(!interactive)}`,
      `KbdInteractiveAuthentication ${yes(interactive)}`,
      `AllowTcpForwarding ${yes(forwarding)}`,
      ...(permitOpen === undefined ? [] : [`PermitOpen ${permitOpen.join(' ')}`]),
      'LogLevel VERBOSE',
      '',
    ].join('\n');
  }

  /** Those that serve connections: one that watches, and one with the user's rights. */
  async #descendants(of = this.#process?.pid): Promise<number[]> {
    if (of === undefined || this.#process?.ended() !== undefined) return [];
    const children = childrenOf(of);
    const further = await Promise.all(children.map((pid) => this.#descendants(pid)));
    return [...children, ...further.flat()];
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ port, host: '127.0.0.1' });
  socket.once('data', () => {
    resolve(true);
    socket.destroy();
  });
  socket.once('error', () => resolve(false));
  return promise;
}
