import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { KEY_BYTES, newKey } from './cipher.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import type { Vault } from './vault.ts';

/*
 * Keys that archives are sealed or signed with. They live in the vault, but an archive outlives the machine that has
 * the vault: whoever creates a key must keep a copy of it elsewhere, or sealed archives can be lost with the machine.
 * The faces say so whenever a key is made.
 */

/** A key without its bytes. */
export interface StoredKey {
  /** As archives name it: docs/archive-format.md, sections 7 (sealing) and 1 (signing). */
  readonly id: string;
  readonly name: string;
  readonly created: Date;
  /** New archives use the active key of a name; retired ones still open, or vouch for, the old archives. */
  readonly state: 'active' | 'retired';
}

/** What keys are for. */
export interface KeyPurpose {
  /** Stands in front of the ids of their records in the vault. */
  readonly prefix: string;
  /** The id of 32 bytes, told from nothing but them. */
  readonly idOf: (key: Uint8Array) => string;
}

const recordSchema = z.object({
  name: z.string(),
  created: z.iso.datetime(),
  state: z.enum(['active', 'retired']),
  key: z.base64url(),
});

async function newKeyWithCopy(file: string): Promise<Buffer> {
  const key = newKey();
  await writeKeyFile(file, key);
  return key;
}

/** The keys of a vault that are for one purpose. */
export class KeyStore {
  readonly #vault: Vault;
  readonly #now: () => Date;
  readonly #purpose: KeyPurpose;

  constructor(vault: Vault, now: () => Date, purpose: KeyPurpose) {
    this.#vault = vault;
    this.#now = now;
    this.#purpose = purpose;
  }

  /**
   * Makes a new key, the active one of its name. Its copy outside, `file`, is written first: a key that nobody could
   * write down does not come into use. @throws HoldfastError `secrets.key-exists`, `secrets.key-file-exists`.
   */
  async create(name: string, file: string): Promise<StoredKey> {
    await this.#refuseTaken(name);
    return this.#keep(name, await newKeyWithCopy(file));
  }

  /** Takes in a key file, as the active key of a new name. @throws HoldfastError `secrets.key-exists`. */
  async import(name: string, file: string): Promise<StoredKey> {
    const key = await readKeyFile(file);
    await this.#refuseTaken(name);
    const id = this.#purpose.idOf(key);
    const known = (await this.list()).find((entry) => entry.id === id);
    if (known !== undefined) throw new HoldfastError('secrets.key-exists', { key: known.name });
    return this.#keep(name, key);
  }

  /** All keys, oldest first. */
  async list(): Promise<readonly StoredKey[]> {
    const ids = (await this.#vault.list()).filter((id) => id.startsWith(this.#purpose.prefix));
    const keys = await Promise.all(ids.map((id) => this.#read(id.slice(this.#purpose.prefix.length))));
    return keys
      .map(({ key: _, ...known }) => known)
      .sort((a, b) => a.created.getTime() - b.created.getTime());
  }

  /** The key of that name that new archives use. @throws HoldfastError `secrets.key-unknown`. */
  async active(name: string): Promise<StoredKey> {
    const found = (await this.list()).findLast((key) => key.name === name && key.state === 'active');
    if (found === undefined) throw new HoldfastError('secrets.key-unknown', { key: name });
    return found;
  }

  /** Makes a new active key for a name, as `create` does, and retires the one before. @throws HoldfastError `secrets.key-unknown`. */
  async rotate(name: string, file: string): Promise<StoredKey> {
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

  async #refuseTaken(name: string): Promise<void> {
    if ((await this.list()).some((key) => key.name === name)) {
      throw new HoldfastError('secrets.key-exists', { key: name });
    }
  }

  async #keep(name: string, key: Buffer): Promise<StoredKey> {
    const known = { id: this.#purpose.idOf(key), name, created: this.#now(), state: 'active' } as const;
    await this.#write(known, key);
    return known;
  }

  async #write({ id, name, created, state }: StoredKey, key: Buffer): Promise<void> {
    const record: z.infer<typeof recordSchema> = {
      name,
      created: created.toISOString(),
      state,
      key: key.toString('base64url'),
    };
    await this.#vault.put(JSON.stringify(record), this.#purpose.prefix + id);
  }

  async #read(id: string): Promise<StoredKey & { readonly key: Buffer }> {
    const text = await this.#vault.get({ secret: this.#purpose.prefix + id }).catch((error) => {
      if (!(error instanceof HoldfastError) || error.code !== 'secrets.missing') throw error;
      throw new HoldfastError('secrets.key-unknown', { key: id }, error);
    });
    const { name, created, state, key: encoded } = recordSchema.parse(JSON.parse(text));
    const key = Buffer.from(encoded, 'base64url');
    if (key.length !== KEY_BYTES || this.#purpose.idOf(key) !== id) {
      throw new HoldfastError('secrets.key-unknown', { key: id });
    }
    return { id, name, created: new Date(created), state, key };
  }
}
