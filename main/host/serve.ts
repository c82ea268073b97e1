import { rm } from 'node:fs/promises';
import type { Router } from '@orpc/server';
import { CONTRACT_VERSION, type EngineContract } from '../../shared/contract/contract.ts';
import { HEALTH_PATH } from '../../shared/contract/health.ts';
import type { UserAdministration } from '../../shared/contract/users.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { admitting } from './access/admit.ts';
import { hostRouter } from './api/host-router.ts';
import { AuditLog } from './audit/audit-log.ts';
import type { Logger } from './log.ts';
import { Pages } from './pages/pages.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { SessionFile } from './sessions/session-file.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { type Identity, SessionStore } from './sessions/session-store.ts';
import { SignInDesk, type UserBook } from './sessions/sign-in.ts';
import { createToken, writeTokenFile } from './sessions/token.ts';
import { isLoopback } from './web/address.ts';
import { answerHealth } from './web/refusal.ts';
import { RpcSocket } from './web/rpc-socket.ts';
import { readTlsIdentity, type TlsFiles } from './web/tls.ts';
import { type PublicSide, type Site, startWebServer, type WebServer } from './web/web-server.ts';

const LOOPBACK = '127.0.0.1';
/** Milliseconds between two looks for sessions that are over. */
const SWEEP_MILLISECONDS = 5_000;

/** The engine as a host needs it. */
export interface ServedEngine {
  readonly router: Router<EngineContract, Record<never, never>>;
  /** Tells other programs of this machine where the host is and in which file its token stands. */
  announce(where: {
    readonly url: string;
    readonly tokenFile: string;
    readonly contract: number;
  }): Promise<void>;
  startScheduler(): void;
  /** Scheduled runs that need a secret would fail. */
  isVaultLocked(): Promise<boolean>;
  /** Cancels what runs, in a way that can be resumed or repeated, and gives the data directory back. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly dataDirectory: string;
  /** An IP address. Others than 127.0.0.1 and ::1 need TLS, names and users. */
  readonly address: string;
  /** 0: a free one. */
  readonly port: number;
  readonly tls?: TlsFiles;
  /** Names that other machines open the host by. */
  readonly publicNames: readonly string[];
  /** Folders of this machine whose files are open to others than admins. */
  readonly openFolders: readonly string[];
  /** Where the built renderer is; it may be missing. */
  readonly pages: string;
  readonly users: UserBook & UserAdministration;
  readonly log: Logger;
}

export interface RunningHost {
  /** Where people reach it. */
  readonly url: string;
  /** Holds the token; only this user can read it. */
  readonly tokenFile: string;
  /** The local URL with the token in its fragment, which browsers never send: for the user's own eyes. */
  readonly link: string;
  /** When it started. */
  readonly isVaultLocked: boolean;
  /** Ends every connection, then the engine. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Runs the engine as a process of its own: claims the data directory, listens, announces itself, schedules. Open to
 * other machines, it listens on loopback too: for the commands of this one, which have its token.
 * When a later step fails the earlier ones are taken back.
 * @throws HoldfastError `engine.data-directory-in-use`, `host.tls-needed`, `host.tls-unusable`, `host.address-in-use`
 */
export async function serve(
  options: ServeOptions,
  openEngine: (dataDirectory: string) => Promise<ServedEngine>,
): Promise<RunningHost> {
  const side = await publicSide(options);
  await using undo = new AsyncDisposableStack();
  const engine = await openEngine(options.dataDirectory);
  const closeEngine = once(() => engine.close());
  undo.defer(closeEngine);
  const token = createToken();
  const site = await openSite(options, engine.router, token, undo);
  const { address, port } = options;
  const local = await listen(
    side === undefined ? { address, port } : { address: LOOPBACK, port: 0 },
    site,
    undo,
  );
  const open = side === undefined ? local : await listen({ address, port }, site, undo, side);
  // Before the servers end: they wait for the connections.
  undo.defer(() => site.rpc.close());
  const tokenFile = await writeTokenFile(options.dataDirectory, token);
  undo.defer(() => rm(tokenFile, { force: true }));
  await engine.announce({ url: local.url, tokenFile, contract: CONTRACT_VERSION });
  const isVaultLocked = await engine.isVaultLocked();
  engine.startScheduler();
  options.log.info({ url: open.url }, 'host serves');
  if (isVaultLocked)
    options.log.warn('the vault is locked: runs that need a secret will fail until it is unlocked');
  const everything = undo.move();
  const close = once(async () => {
    options.log.info('host stops');
    // First the engine: its clients still see how their runs end.
    await closeEngine();
    await everything.disposeAsync();
  });
  return { url: open.url, tokenFile, link: `${local.url}/#token=${token}`, isVaultLocked, close };
}

/** What makes the host fit for other machines; undefined where none can reach it. */
async function publicSide(options: ServeOptions): Promise<PublicSide | undefined> {
  const { address, tls, publicNames, users, log } = options;
  if (isLoopback(address)) return undefined;
  const notReady = (problem: string) => new HoldfastError('host.tls-needed', { address, problem });
  if (tls === undefined) throw notReady('it has no certificate');
  if (publicNames.length === 0) throw notReady('it does not know the names that it is opened by');
  if (!(await users.hasAdmin())) throw notReady('there is no user who is admin');
  const onProblem = (error: unknown) => log.error({ err: error }, 'renewed certificate not taken');
  return { tls: await readTlsIdentity(tls, onProblem), names: publicNames };
}

async function openSite(
  { dataDirectory, address, openFolders, users, pages, log }: ServeOptions,
  engine: ServedEngine['router'],
  token: string,
  undo: AsyncDisposableStack,
): Promise<Site> {
  const sessions = await openSessions(dataDirectory, users, log, undo);
  const desk = new SignInDesk(token, users, () => performance.now());
  const own = hostRouter({ users, desk, servesOthers: !isLoopback(address), dataDirectory, sessions });
  const router = { ...engine, ...own };
  const audit = new AuditLog({
    dataDirectory,
    now: () => new Date(),
    onProblem: (error) => log.error({ err: error }, 'audit entry not written'),
  });
  const admit = admitting({ openFolders, audit, now: () => performance.now() });
  return {
    routes: [
      { methods: ['GET'], path: HEALTH_PATH, open: true, answer: ({ response }) => answerHealth(response) },
      ...restRoutes(router, admit),
      ...sessionRoutes({ sessions, desk, users, audit, log }),
    ],
    pages: await Pages.read(pages),
    rpc: new RpcSocket(router, admit, log),
    credentials: { token, sessions },
    log,
  };
}

/** Those that outlived the host before, and those to come. */
async function openSessions(
  dataDirectory: string,
  users: UserBook,
  log: Logger,
  undo: AsyncDisposableStack,
): Promise<SessionStore> {
  const file = new SessionFile(dataDirectory, (error) => log.warn({ err: error }, 'sessions not kept'));
  let written = Promise.resolve();
  const sessions = new SessionStore({
    now: () => Date.now(),
    isCurrent: stillCurrent(users, log),
    stored: await file.read(),
    keep: (kept) => {
      written = file.write(kept);
      return written;
    },
  });
  undo.defer(() => written);
  const sweeper = setInterval(() => void sessions.sweep(), SWEEP_MILLISECONDS);
  undo.defer(() => clearInterval(sweeper));
  return sessions;
}

/** Whether a user is as when signing in; where that cannot be told, the answer is no. */
function stillCurrent(users: UserBook, log: Logger): (identity: Identity) => Promise<boolean> {
  return async ({ user, stamp }) => {
    if (stamp === undefined) return true;
    try {
      return await users.isCurrent(user, stamp);
    } catch (error) {
      log.error({ err: error }, 'users cannot be read: their sessions end');
      return false;
    }
  };
}

async function listen(
  at: { readonly address: string; readonly port: number },
  site: Site,
  undo: AsyncDisposableStack,
  side?: PublicSide,
): Promise<WebServer> {
  const server = await startWebServer(at, site, side);
  undo.defer(() => server.close());
  return server;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
}
