import { rm } from 'node:fs/promises';
import { CONTRACT_VERSION } from '../../shared/contract/contract.ts';
import type { Logger } from './log.ts';
import type { ContractRouter } from './rpc-socket.ts';
import { createToken, writeTokenFile } from './token.ts';
import { startWebServer } from './web-server.ts';

/** The engine as a host needs it. */
export interface ServedEngine {
  readonly router: ContractRouter;
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
  /** 127.0.0.1 or ::1. */
  readonly address: string;
  /** 0: a free one. */
  readonly port: number;
  readonly log: Logger;
}

export interface RunningHost {
  readonly url: string;
  /** Holds the token; only this user can read it. */
  readonly tokenFile: string;
  /** The URL with the token in its fragment, which browsers never send: for the user's own eyes. */
  readonly link: string;
  /** When it started. */
  readonly isVaultLocked: boolean;
  /** Ends every connection, then the engine. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Runs the engine as a process of its own: claims the data directory, listens, announces itself, schedules.
 * When a later step fails the earlier ones are taken back.
 * @throws HoldfastError `engine.data-directory-in-use`, `host.not-loopback`, `host.address-in-use`
 */
export async function serve(
  options: ServeOptions,
  openEngine: (dataDirectory: string) => Promise<ServedEngine>,
): Promise<RunningHost> {
  await using undo = new AsyncDisposableStack();
  const engine = await openEngine(options.dataDirectory);
  const closeEngine = once(() => engine.close());
  undo.defer(closeEngine);
  const token = createToken();
  const web = await startWebServer({ ...options, router: engine.router, token });
  undo.defer(() => web.close());
  const tokenFile = await writeTokenFile(options.dataDirectory, token);
  undo.defer(() => rm(tokenFile, { force: true }));
  await engine.announce({ url: web.url, tokenFile, contract: CONTRACT_VERSION });
  const isVaultLocked = await engine.isVaultLocked();
  engine.startScheduler();
  options.log.info({ url: web.url }, 'host serves');
  if (isVaultLocked)
    options.log.warn('the vault is locked: runs that need a secret will fail until it is unlocked');
  const everything = undo.move();
  const close = once(async () => {
    options.log.info('host stops');
    // First the engine: its clients still see how their runs end.
    await closeEngine();
    await everything.disposeAsync();
  });
  return { url: web.url, tokenFile, link: `${web.url}/#token=${token}`, isVaultLocked, close };
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
}
