import { randomBytes, randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { Task } from '../../shared/model/task.ts';
import { keyId, signerOf } from '../archive/index.ts';
import { MIGRATIONS } from '../catalog/migrations.ts';
import { openCatalog } from '../catalog/open.ts';
import { KeyStore } from '../secrets/keys.ts';
import { ArchivePassphrases } from '../secrets/passphrases.ts';
import { openVault } from '../secrets/vault.ts';
import type { StorageLog } from '../storages/with/log.ts';
import { Requests } from './api/requests.ts';
import { createRouter } from './api/router.ts';
import { startBackup } from './backup/backup-task.ts';
import { ChangeFeed } from './changes/change-feed.ts';
import { ClusterLoad } from './cluster-load.ts';
import type { EngineContext } from './context.ts';
import { type Claim, claimDataDirectory, type HostAnnouncement } from './data-directory.ts';
import { KeptOpen } from './explore/kept-open.ts';
import { sweepPlans } from './restore/plan-store.ts';
import { restoreUnderWay } from './restore/under-way.ts';
import { RunBook } from './runs/run-book.ts';
import { TaskSchedule } from './schedule/task-schedule.ts';
import type { Surroundings } from './surroundings.ts';
import { systemClock } from './system-clock.ts';
import { Tunnels } from './tunnel/tunnels.ts';
import { VERSION } from './version.ts';

export interface EngineOptions {
  readonly dataDirectory: string;
  /** The machine's own unless given. */
  readonly surroundings?: Partial<Surroundings>;
  /** Opens a vault that is protected by it. */
  readonly vaultPassphrase?: string;
  /** Hears of every call to a storage, when it ends: names and numbers only. */
  readonly storageLog?: StorageLog;
  /** Hears of scheduled runs that could not even be started. */
  readonly onScheduleError?: (task: string, error: unknown) => void;
}

/** An engine that holds its data directory. */
export interface Engine {
  readonly router: ReturnType<typeof createRouter>;
  announce(where: HostAnnouncement): Promise<void>;
  startScheduler(): void;
  /** There are secrets, and until somebody opens the vault nothing can use them. */
  isVaultLocked(): Promise<boolean>;
  /** Ends what runs and what was asked for, waits for it and gives the data directory back. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Claims the data directory and opens everything in it. Runs that a dead process left are marked interrupted; a
 * vault whose key is at hand without asking is unlocked.
 * @throws HoldfastError `engine.data-directory-in-use`, `catalog.too-new`, `catalog.damaged`, `secrets.wrong-passphrase`
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const surroundings: Surroundings = { ...systemSurroundings(), ...options.surroundings };
  const { clock, randomHex, hostName } = surroundings;
  const claim = await claimDataDirectory(options.dataDirectory, {
    now: () => clock.now(),
    randomHex,
    hostName,
    pid: process.pid,
  });
  try {
    const context = openContext(claim, surroundings, options.storageLog ?? (() => {}));
    context.catalog.runs.interruptUnfinished(clock.now());
    await sweepPlans(context);
    await unlockVault(context, options.vaultPassphrase);
    return new OpenEngine(context, claim, options.onScheduleError ?? (() => {}));
  } catch (error) {
    await claim.release();
    throw error;
  }
}

class OpenEngine implements Engine {
  readonly router: Engine['router'];
  readonly #context: EngineContext;
  readonly #claim: Claim;
  readonly #requests = new Requests();
  readonly #onScheduleError: (task: string, error: unknown) => void;
  #closing: Promise<void> | undefined;

  constructor(context: EngineContext, claim: Claim, onScheduleError: (task: string, error: unknown) => void) {
    this.router = createRouter(context, this.#requests);
    this.#context = context;
    this.#claim = claim;
    this.#onScheduleError = onScheduleError;
  }

  announce(where: HostAnnouncement): Promise<void> {
    return this.#claim.announce(where);
  }

  startScheduler(): void {
    this.#context.schedule.start(
      (task, reason) => runScheduled(this.#context, task, reason),
      this.#onScheduleError,
    );
  }

  async isVaultLocked(): Promise<boolean> {
    return (await this.#context.vault.state()) === 'locked';
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    const { schedule, runs, places, tunnels, catalog } = this.#context;
    schedule.stop();
    try {
      await Promise.all([runs.close(), this.#requests.close()]);
      await places.close();
      tunnels.close();
      catalog.close();
    } finally {
      await this.#claim.release();
    }
  }
}

function openContext(claim: Claim, surroundings: Surroundings, storageLog: StorageLog): EngineContext {
  const { clock, hostName } = surroundings;
  const changes = new ChangeFeed(clock);
  const catalog = openCatalog(claim.paths.catalog, MIGRATIONS, (change) => changes.tell(change));
  const now = () => clock.now();
  const vault = openVault(claim.paths.vault, { now });
  return {
    paths: claim.paths,
    catalog,
    changes,
    vault,
    keys: new KeyStore(vault, now, { prefix: 'archive-key-', idOf: keyId }),
    signingKeys: new KeyStore(vault, now, { prefix: 'signing-key-', idOf: signerOf }),
    passphrases: new ArchivePassphrases(vault),
    runs: new RunBook(catalog.runs, surroundings),
    schedule: new TaskSchedule(catalog, clock),
    load: new ClusterLoad(),
    tunnels: new Tunnels(vault, surroundings),
    places: new KeptOpen(clock),
    surroundings,
    owner: { hostName, dataDirectory: claim.id, claim: claim.token },
    storageLog,
    version: VERSION,
  };
}

async function runScheduled(
  context: EngineContext,
  task: Task,
  reason: 'schedule' | 'catch-up',
): Promise<'ended' | 'busy'> {
  if (context.runs.isTaskBusy(task.id) || restoreUnderWay(context, task.cluster)) return 'busy';
  await context.runs.finished(startBackup(context, task, reason).id);
  return 'ended';
}

/**
 * A passphrase has to be given; one that is wrong is told at once. Keychain and key file are tried, and what fails
 * shows when a secret is needed.
 */
async function unlockVault({ vault }: EngineContext, passphrase: string | undefined): Promise<void> {
  const protection = await vault.protection();
  if (protection?.type === 'passphrase' && passphrase !== undefined)
    return vault.unlock({ type: 'passphrase', passphrase });
  try {
    if (protection?.type === 'keychain') await vault.unlock({ type: 'keychain' });
    if (protection?.type === 'keyfile') await vault.unlock(protection);
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
  }
}

function systemSurroundings(): Surroundings {
  return {
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    hostName: hostname(),
    sshAgent: process.env.SSH_AUTH_SOCK,
  };
}
