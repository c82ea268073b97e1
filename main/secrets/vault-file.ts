import { createHash, randomBytes } from 'node:crypto';
import { link, lstat, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import { syncDirectory } from '../files/sync-directory.ts';
import { errnoOf, unless } from '../files/system-errors.ts';
import { createDurable } from './durable-file.ts';
import { aboutFile } from './file-errors.ts';
import { storedProtectorSchema } from './protector.ts';

/*
 * The vault on disk: `vault.<generation>.json`, of which the highest counts. Every change writes the next
 * generation whole, under a hidden name first, and then links it to its own: of several processes that changed
 * the same generation one succeeds, and the others look again. So no lock can be left behind by a process that
 * died, and at any moment there is one whole file.
 *
 * A file is one line of JSON and one line with its SHA-256 in hex: damage is told from a wrong passphrase.
 */

const FORMAT = 'holdfast-vault';
const VERSION = 1;
const NAME = /^vault\.([1-9]\d*)\.json$/;
const STAGED_NAME = /^\.vault-[0-9a-f]+\.tmp$/;
/** A staged file lives for milliseconds; one as old as this was left by a process that died. */
const ABANDONED_MILLISECONDS = 3_600_000;
const MOST_LOOKS = 1000;

const documentSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Of the vault, for all its life. */
  id: z.string(),
  /** Names the key that the records are sealed with; a new key has a new one. */
  keyId: z.string(),
  protector: storedProtectorSchema,
  records: z.record(z.string(), z.string()),
});

export type VaultDocument = z.infer<typeof documentSchema>;
/** What a document holds beyond what every one holds. */
export type VaultContent = Omit<VaultDocument, 'format' | 'version'>;

export interface VaultGeneration {
  readonly generation: number;
  readonly file: string;
  readonly document: VaultDocument;
}

/**
 * The vault as it is now; undefined when there is none.
 * @throws HoldfastError `secrets.damaged`, `secrets.too-new`, `secrets.failed`.
 */
export async function readVault(directory: string): Promise<VaultGeneration | undefined> {
  return aboutFile(directory, async () => {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const generation = await highestGeneration(directory);
      if (generation === 0) return undefined;
      const file = fileOf(directory, generation);
      const bytes = await unless(['ENOENT'], readFile(file));
      // Replaced since we looked: there is a higher one.
      if (bytes !== undefined) return { generation, file, document: parse(file, bytes) };
    }
    throw new HoldfastError('secrets.busy', { directory });
  });
}

/**
 * Makes `content` the given generation. False, and nothing is changed, when another process was faster.
 * `now` is used to recognise what dead processes left.
 */
export async function writeVault(
  directory: string,
  generation: number,
  content: VaultContent,
  now: Date,
): Promise<boolean> {
  const file = fileOf(directory, generation);
  const staged = join(directory, `.vault-${randomBytes(8).toString('hex')}.tmp`);
  return aboutFile(file, async () => {
    try {
      await createDurable(staged, render(content));
      if (!(await take(directory, staged, generation))) return false;
      await syncDirectory(directory);
    } finally {
      await unless(['ENOENT'], unlink(staged));
    }
    await removeOlder(directory, generation, now);
    return true;
  });
}

async function take(directory: string, staged: string, generation: number): Promise<boolean> {
  const file = fileOf(directory, generation);
  try {
    await link(staged, file);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  // The name may be free because that generation has already been replaced and removed.
  if ((await highestGeneration(directory)) === generation) return true;
  await unless(['ENOENT'], unlink(file));
  return false;
}

async function highestGeneration(directory: string): Promise<number> {
  const names = (await unless(['ENOENT'], readdir(directory))) ?? [];
  return Math.max(0, ...names.map((name) => Number(NAME.exec(name)?.[1] ?? 0)));
}

async function removeOlder(directory: string, generation: number, now: Date): Promise<void> {
  for (const name of await readdir(directory)) {
    const other = Number(NAME.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
    if (other < generation || (STAGED_NAME.test(name) && (await isAbandoned(join(directory, name), now)))) {
      await unless(['ENOENT'], unlink(join(directory, name)));
    }
  }
}

async function isAbandoned(file: string, now: Date): Promise<boolean> {
  const found = await unless(['ENOENT'], lstat(file));
  return found !== undefined && now.getTime() - found.mtimeMs > ABANDONED_MILLISECONDS;
}

function fileOf(directory: string, generation: number): string {
  return join(directory, `vault.${generation}.json`);
}

function render(content: VaultContent): string {
  const line = JSON.stringify({ format: FORMAT, version: VERSION, ...content } satisfies VaultDocument);
  return `${line}\n${sha256(Buffer.from(line))}\n`;
}

function parse(file: string, bytes: Buffer): VaultDocument {
  const end = bytes.indexOf('\n');
  const line = bytes.subarray(0, Math.max(0, end));
  if (bytes.subarray(end + 1).toString('latin1') !== `${sha256(line)}\n`) {
    throw new HoldfastError('secrets.damaged', { file, problem: detail('checksum-differs') });
  }
  const value: unknown = JSON.parse(line.toString('utf8'));
  const header = z.object({ format: z.literal(FORMAT), version: z.int() }).safeParse(value);
  if (header.success && header.data.version > VERSION) throw new HoldfastError('secrets.too-new', { file });
  const result = documentSchema.safeParse(value);
  if (result.success) return result.data;
  const problem = detail('unexpected-content', { place: result.error.issues[0]?.path.join('.') ?? '' });
  throw new HoldfastError('secrets.damaged', { file, problem });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
