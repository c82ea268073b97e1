import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import { identifier } from '../../shared/model/identifier.ts';
import { ANNOUNCEMENT_FILE, type FoundAnnouncement, readAnnouncement } from './announcement.ts';
import { isLocked, lockFile } from './file-lock.ts';

/** What stands where in a data directory. Absolute paths. */
export interface DataPaths {
  readonly root: string;
  readonly catalog: string;
  /** A directory: the vault's files. */
  readonly vault: string;
  /** A directory per run: plans and journals. */
  readonly runs: string;
  /** Undo points. */
  readonly undo: string;
}

/** Where a host can be reached. */
export interface HostAnnouncement {
  readonly url: string;
  /** File that holds its token. */
  readonly tokenFile: string;
  /** Version of the contract that it speaks. */
  readonly contract: number;
}

/** What the world tells about this process. */
export interface Claimant {
  readonly now: () => Date;
  readonly randomHex: (bytes: number) => string;
  readonly hostName: string;
  readonly pid: number;
}

/** The exclusive use of a data directory by this process, until released or the process ends, however it ends. */
export interface Claim {
  /** Id of the data directory; stays for its life. */
  readonly id: string;
  /** Id of this claim; every claim has another. */
  readonly token: string;
  readonly paths: DataPaths;
  /** Lets others on this machine find the host. Replaces an earlier announcement. */
  announce(announcement: HostAnnouncement): Promise<void>;
  release(): Promise<void>;
}

const LOCK = 'lock';
const IDENTITY = 'directory.json';
const HOLDER = 'holder.json';

const identity = z.object({ id: identifier, created: z.iso.datetime() });
const holder = z.object({ pid: z.int(), hostName: z.string(), since: z.iso.datetime() });

/** Where things are in the data directory. */
export function dataPaths(directory: string): DataPaths {
  const root = resolve(directory);
  return {
    root,
    catalog: join(root, 'catalog.sqlite'),
    vault: join(root, 'vault'),
    runs: join(root, 'runs'),
    undo: join(root, 'undo'),
  };
}

/**
 * Takes the data directory for this process alone, making it when it is not there.
 * @throws HoldfastError `engine.data-directory-in-use` naming the holder, `engine.data-directory-unusable`
 */
export async function claimDataDirectory(path: string, claimant: Claimant): Promise<Claim> {
  const paths = dataPaths(path);
  return usable(paths.root, async () => {
    await makePrivate(paths);
    const lock = await lockFile(join(paths.root, LOCK));
    if (lock === undefined) throw await inUse(paths.root);
    try {
      await rm(join(paths.root, ANNOUNCEMENT_FILE), { force: true });
      await note(paths.root, HOLDER, {
        pid: claimant.pid,
        hostName: claimant.hostName,
        since: claimant.now().toISOString(),
      });
      const { id } = await identify(paths.root, claimant);
      return claimOf(paths, id, claimant, () => lock.release());
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/**
 * How to reach the host that has the data directory; undefined when none has it or the one that has it announced
 * nothing. A host that starts or ends at this moment may be found although it does not answer.
 */
export async function readHostAnnouncement(path: string): Promise<FoundAnnouncement | undefined> {
  const { root } = dataPaths(path);
  const announced = await readAnnouncement(root);
  if (announced === undefined) return undefined;
  return isLocked(join(root, LOCK)) ? announced : undefined;
}

function claimOf(paths: DataPaths, id: string, claimant: Claimant, unlock: () => void): Claim {
  const { pid, hostName } = claimant;
  return {
    id,
    token: claimant.randomHex(8),
    paths,
    announce: ({ url, tokenFile, contract }) =>
      note(paths.root, ANNOUNCEMENT_FILE, { url, tokenFile, contract, pid, hostName }),
    release: async () => {
      await rm(join(paths.root, ANNOUNCEMENT_FILE), { force: true });
      await rm(join(paths.root, HOLDER), { force: true });
      unlock();
    },
  };
}

async function makePrivate({ root, vault, runs, undo }: DataPaths): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  await refuseShared(root);
  for (const directory of [vault, runs, undo]) await mkdir(directory, { recursive: true, mode: 0o700 });
}

/** Whoever may write here could put other files in place of ours. Its rights are left to its owner. */
async function refuseShared(root: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(root);
  if ((mode & 0o022) === 0) return;
  const problem = detail('others-may-write', { mode: (mode & 0o777).toString(8) });
  throw new HoldfastError('engine.data-directory-unusable', { path: root, problem });
}

async function identify(root: string, { now, randomHex }: Claimant): Promise<z.infer<typeof identity>> {
  const known = await recall(root, IDENTITY, identity);
  if (known !== undefined) return known;
  const created = { id: randomHex(8), created: now().toISOString() };
  await note(root, IDENTITY, created);
  return created;
}

async function inUse(root: string): Promise<HoldfastError> {
  const found = await recall(root, HOLDER, holder);
  const params = { path: root, pid: found?.pid ?? '?', host: found?.hostName ?? '?' };
  return new HoldfastError('engine.data-directory-in-use', params);
}

/** Written whole: a reader sees the old text or the new one. */
async function note(root: string, name: string, value: object): Promise<void> {
  const path = join(root, name);
  await writeFile(`${path}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

/** Undefined when it is not there or damaged. */
async function recall<S extends z.ZodType>(
  root: string,
  name: string,
  schema: S,
): Promise<z.infer<S> | undefined> {
  try {
    return schema.safeParse(JSON.parse(await readFile(join(root, name), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

async function usable<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HoldfastError || !(error instanceof Error)) throw error;
    throw new HoldfastError('engine.data-directory-unusable', { path: root, problem: error.message }, error);
  }
}
