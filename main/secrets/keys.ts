import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { KEY_BYTES, newKey } from './cipher.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import type { Vault } from './vault.ts';

/*
 * Keys that archives are sealed with. They live in the vault, but an archive outlives the machine that has the
 * vault: whoever creates a key must export it and keep the file elsewhere, or the archives can be lost with the
 * machine. The faces say so whenever a key is made.
 */

/** An archive key without its bytes. */
export interface ArchiveKey {
  /** As archives name it: docs/archive-format.md, section 7. */
  readonly id: string;
  readonly name: string;
  readonly created: Date;
  /** New archives are sealed with the active key of a name; retired ones still open the old archives. */
  readonly state: 'active' | 'retired';
}

const PREFIX = 'archive-key-';
const recordSchema = z.object({
  name: z.string(),
  created: z.iso.datetime(),
  state: z.enum(['active', 'retired']),
  key: z.base64url(),
});

/** The id of a key: the first 16 hex digits of SHA-256 over `holdfast key`, a zero byte, and the 32 bytes. */
export function archiveKeyId(key: Uint8Array): string {
  return createHash('sha256').update('holdfast key\0').update(key).digest('hex').slice(0, 16);
}

/** The archive keys of a vault. */
export function archiveKeys(vault: Vault, now: () => Date): ArchiveKeys {
  return new ArchiveKeys(vault, now);
}

async function newKeyWithCopy(file: string | undefined): Promise<Buffer> {
  const key = newKey();
  if (file !== undefined) await writeKeyFile(file, key);
  return key;
}

export class ArchiveKeys {
  readonly #vault: Vault;
  readonly #now: () => Date;

  constructor(vault: Vault, now: () => Date) {
    this.#vault = vault;
    this.#now = now;
  }

  /**
   * Makes a new key, the active one of its name. With `file`, its copy outside is written first: a key that nobody
   * could write down does not come into use. @throws HoldfastError `secrets.key-exists`, `secrets.key-file-exists`.
   */
  async create(name: string, file?: string): Promise<ArchiveKey> {
    await this.#refuseTaken(name);
    return this.#keep(name, await newKeyWithCopy(file));
  }

  /** Takes in a key file, as the active key of a new name. @throws HoldfastError `secrets.key-exists`. */
  async import(name: string, file: string): Promise<ArchiveKey> {
    const key = await readKeyFile(file);
    await this.#refuseTaken(name);
    const id = archiveKeyId(key);
    const known = (await this.list()).find((entry) => entry.id === id);
    if (known !== undefined) throw new HoldfastError('secrets.key-exists', { key: known.name });
    return this.#keep(name, key);
  }

  /** All keys, oldest first. */
  async list(): Promise<readonly ArchiveKey[]> {
    const ids = (await this.#vault.list()).filter((id) => id.startsWith(PREFIX));
    const keys = await Promise.all(ids.map((id) => this.#read(id.slice(PREFIX.length))));
    return keys
      .map(({ key: _, ...known }) => known)
      .sort((a, b) => a.created.getTime() - b.created.getTime());
  }

  /** The key that new archives are sealed with. @throws HoldfastError `secrets.key-unknown`. */
  async active(name: string): Promise<ArchiveKey> {
    const found = (await this.list()).findLast((key) => key.name === name && key.state === 'active');
    if (found === undefined) throw new HoldfastError('secrets.key-unknown', { key: name });
    return found;
  }

  /** Makes a new active key for a name, as `create` does, and retires the one before. @throws HoldfastError `secrets.key-unknown`. */
  async rotate(name: string, file?: string): Promise<ArchiveKey> {
    const before = (await this.list()).filter((key) => key.name === name && key.state === 'active');
    if (before.length === 0) throw new HoldfastError('secrets.key-unknown', { key: name });
    // In this order a crash leaves two active keys, of which the younger counts; never none.
    const next = await this.#keep(name, await newKeyWithCopy(file));
    for (const { id } of before) {
      const { key, ...known } = await this.#read(id);
      await this.#write({ ...known, state: 'retired' }, key);
    }
    return next;
  }

  /** The 32 bytes of a key. @throws HoldfastError `secrets.key-unknown`. */
  async secret(id: string): Promise<Uint8Array> {
    return (await this.#read(id)).key;
  }

  /** Writes a key to a new key file, to be kept outside of this machine. */
  async export(id: string, file: string): Promise<void> {
    await writeKeyFile(file, await this.secret(id));
  }

  async #refuseTaken(name: string): Promise<void> {
    if ((await this.list()).some((key) => key.name === name)) {
      throw new HoldfastError('secrets.key-exists', { key: name });
    }
  }

  async #keep(name: string, key: Buffer): Promise<ArchiveKey> {
    const known = { id: archiveKeyId(key), name, created: this.#now(), state: 'active' } as const;
    await this.#write(known, key);
    return known;
  }

  async #write({ id, name, created, state }: ArchiveKey, key: Buffer): Promise<void> {
    const record: z.infer<typeof recordSchema> = {
      name,
      created: created.toISOString(),
      state,
      key: key.toString('base64url'),
    };
    await this.#vault.put(JSON.stringify(record), PREFIX + id);
  }

  async #read(id: string): Promise<ArchiveKey & { readonly key: Buffer }> {
    const text = await this.#vault.get({ secret: PREFIX + id }).catch((error) => {
      if (!(error instanceof HoldfastError) || error.code !== 'secrets.missing') throw error;
      throw new HoldfastError('secrets.key-unknown', { key: id }, error);
    });
    const { name, created, state, key: encoded } = recordSchema.parse(JSON.parse(text));
    const key = Buffer.from(encoded, 'base64url');
    if (key.length !== KEY_BYTES || archiveKeyId(key) !== id) {
      throw new HoldfastError('secrets.key-unknown', { key: id });
    }
    return { id, name, created: new Date(created), state, key };
  }
}
