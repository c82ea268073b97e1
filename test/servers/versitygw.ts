import { mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { cachedFolder } from './cache.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import { until } from './condition.ts';
import { type ReservedPort, reservePort } from './ports.ts';
import { removeWorkFolder, type ServerProcess, startProcess, workFolder } from './processes.ts';
import { runTool } from './tools.ts';

const MODULE = 'github.com/versity/versitygw/cmd/versitygw';
export const versitygwVersion = 'v1.8.0';

/** An account of an S3 server. */
export interface S3Account {
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface VersitygwOptions {
  /** HTTPS with a certificate of a throw-away authority for `localhost` and 127.0.0.1. */
  readonly tls?: boolean | { readonly expired: true };
  /** The gateway refuses whatever would change something. */
  readonly readOnly?: boolean;
  /** Buckets are names below this domain too (virtual-hosted style). */
  readonly virtualDomain?: string;
}

/** A real S3 server on loopback. It and its objects are gone when this process ends. */
export interface VersitygwServer extends AsyncDisposable {
  readonly host: '127.0.0.1';
  /** The same after every restart. */
  readonly port: number;
  readonly endpoint: string;
  readonly region: string;
  /** May do everything. */
  readonly root: S3Account;
  readonly certificates: Certificates | undefined;
  /** Where the gateway keeps its objects: a folder for each bucket, in it a file for each object by its key. */
  readonly objects: string;
  /** Makes a bucket that belongs to the root account. */
  createBucket(name: string): Promise<void>;
  /** Makes an account that may do nothing until a bucket policy says otherwise. */
  createAccount(name: string): Promise<S3Account>;
  /** Operations that were answered so far, such as `s3_GetObject`, oldest first. */
  requests(): readonly string[];
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port and objects, ending it first if it runs. */
  restart(changed?: Pick<VersitygwOptions, 'readOnly'>): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
}

/** The gateway's executable, built through the Go module proxy on first use. */
export async function versitygwProgram(): Promise<string> {
  const folder = await cachedFolder('versitygw', versitygwVersion, async (empty) => {
    await runTool('env', [`GOBIN=${empty}`, 'go', 'install', `${MODULE}@${versitygwVersion}`]);
  });
  return join(folder, 'versitygw');
}

/** Starts a gateway to a folder of its own; resolves when it answers. */
export async function startVersitygw(options: VersitygwOptions = {}): Promise<VersitygwServer> {
  const program = await versitygwProgram();
  const folder = workFolder('versitygw');
  for (const name of ['objects', 'accounts']) mkdirSync(join(folder, name));
  const certificates = options.tls
    ? await createCertificates(await mkdtemp(join(folder, 'certificates-')))
    : undefined;
  const server = new RunningVersitygw(program, folder, options, certificates, await reservePort());
  await server.restart();
  return server;
}

class RunningVersitygw implements VersitygwServer {
  readonly host = '127.0.0.1';
  readonly region = 'us-east-1';
  readonly root = { accessKey: 'holdfast-root', secretKey: 'the-secret-of-root' };
  readonly certificates: Certificates | undefined;
  readonly #program: string;
  readonly #folder: string;
  readonly #reserved: ReservedPort;
  #options: VersitygwOptions;
  #process: ServerProcess | undefined;

  constructor(
    program: string,
    folder: string,
    options: VersitygwOptions,
    certificates: Certificates | undefined,
    reserved: ReservedPort,
  ) {
    this.#program = program;
    this.#folder = folder;
    this.#options = options;
    this.certificates = certificates;
    this.#reserved = reserved;
  }

  get port(): number {
    return this.#reserved.port;
  }

  get endpoint(): string {
    return `${this.certificates ? 'https' : 'http'}://${this.host}:${this.port}`;
  }

  get objects(): string {
    return join(this.#folder, 'objects');
  }

  async createBucket(name: string): Promise<void> {
    await this.#admin('create-bucket', '--owner', this.root.accessKey, '--bucket', name);
  }

  async createAccount(name: string): Promise<S3Account> {
    const account = { accessKey: name, secretKey: `the-secret-of-${name}` };
    const { accessKey, secretKey } = account;
    await this.#admin('create-user', '--access', accessKey, '--secret', secretKey, '--role', 'user');
    return account;
  }

  requests(): readonly string[] {
    return readFileSync(this.#accessLog, 'utf8').match(/\bs3_\w+/g) ?? [];
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async restart(changed: Pick<VersitygwOptions, 'readOnly'> = {}): Promise<void> {
    await this.stop();
    this.#options = { ...this.#options, ...changed };
    const log = join(this.#folder, 'server.log');
    const running = startProcess(this.#program, this.#arguments(), this.#folder, log);
    this.#process = running;
    await until(`versitygw on port ${this.port}`, async () => {
      const ended = running.ended();
      if (ended) throw new Error(`versitygw ended at start (${ended}):\n${readFileSync(log, 'utf8')}`);
      return (await this.#isListening()) || undefined;
    });
  }

  pause(): void {
    this.#process?.signal('SIGSTOP');
  }

  resume(): void {
    this.#process?.signal('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    this.#reserved.release();
    removeWorkFolder(this.#folder);
  }

  get #accessLog(): string {
    return join(this.#folder, 'access.log');
  }

  #arguments(): string[] {
    const { tls, readOnly, virtualDomain } = this.#options;
    const name = typeof tls === 'object' ? 'expired-server' : 'server';
    const certificates = this.certificates?.folder ?? '';
    return [
      ...['--port', `${this.host}:${this.port}`, '--region', this.region],
      ...['--access', this.root.accessKey, '--secret', this.root.secretKey],
      ...['--iam-dir', join(this.#folder, 'accounts'), '--iam-cache-disable'],
      ...['--access-log', this.#accessLog, '--quiet', '--keep-alive'],
      ...(tls
        ? ['--cert', join(certificates, `${name}.pem`), '--key', join(certificates, `${name}.key`)]
        : []),
      ...(readOnly === true ? ['--readonly'] : []),
      ...(virtualDomain === undefined ? [] : ['--virtual-domain', virtualDomain]),
      ...['posix', this.objects],
    ];
  }

  async #admin(...words: string[]): Promise<void> {
    const { accessKey, secretKey } = this.root;
    const account = ['--access', accessKey, '--secret', secretKey, '--region', this.region];
    const place = ['--endpoint-url', this.endpoint, '--allow-insecure'];
    await runTool(this.#program, ['admin', ...account, ...place, ...words]);
  }

  async #isListening(): Promise<boolean> {
    return await new Promise((resolve) => {
      const socket = connect({ host: this.host, port: this.port });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running) return;
    running.signal(signal);
    // A paused server takes SIGTERM only when it goes on.
    running.signal('SIGCONT');
    await running.gone();
  }
}
