import { randomBytes } from 'node:crypto';
import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import type { SecretRef } from '../../shared/options/secrets.ts';
import { newKey, openBox, sealBox } from './cipher.ts';
import { type Keychain, systemKeychain } from './keychain.ts';
import { type Protector, type StoredProtector, unwrapKey, wrapKey } from './protector.ts';
import { readVault, type VaultContent, type VaultGeneration, writeVault } from './vault-file.ts';

const ID_BYTES = 16;
/** Each attempt fails only because another process has made a change of its own. */
const MOST_ATTEMPTS = 200;

export type VaultState = 'absent' | 'locked' | 'unlocked';

/** How a vault is protected, as anybody may know. */
export type Protection =
  | { readonly type: 'keychain' | 'passphrase' }
  | { readonly type: 'keyfile'; readonly file: string };

export interface VaultContext {
  readonly now: () => Date;
  /** Default: the operating system's. */
  readonly keychain?: Keychain;
}

interface OpenKey {
  readonly vaultId: string;
  readonly keyId: string;
  readonly key: Buffer;
}

/** The vault in a data directory, which must exist. Locked until `init` or `unlock`. */
export function openVault(directory: string, context: VaultContext): Vault {
  return new Vault(directory, context);
}

/**
 * Our secrets by id, in an encrypted file. Several processes may have the same vault open and change it: no
 * change is lost. What is read is always what the file holds now.
 *
 * Errors: `secrets.locked`, also when another process has replaced the vault's key; `secrets.no-vault`,
 * `secrets.damaged`, `secrets.failed`, `secrets.busy`.
 */
export class Vault {
  readonly #directory: string;
  readonly #now: () => Date;
  readonly #keychain: Keychain;
  #open: OpenKey | undefined;

  constructor(directory: string, context: VaultContext) {
    this.#directory = directory;
    this.#now = context.now;
    this.#keychain = context.keychain ?? systemKeychain;
  }

  async state(): Promise<VaultState> {
    const found = await readVault(this.#directory);
    if (found === undefined) return 'absent';
    return this.#open?.keyId === found.document.keyId ? 'unlocked' : 'locked';
  }

  /** Undefined when there is no vault. */
  async protection(): Promise<Protection | undefined> {
    const stored = (await readVault(this.#directory))?.document.protector;
    if (stored === undefined) return undefined;
    return stored.type === 'keyfile' ? { type: stored.type, file: stored.file } : { type: stored.type };
  }

  /** To be called before anything is made for a vault to come. @throws HoldfastError `secrets.vault-exists`. */
  async refuseExisting(): Promise<void> {
    if ((await readVault(this.#directory)) !== undefined) throw this.#exists();
  }

  /** Creates the vault and leaves it unlocked. @throws HoldfastError `secrets.vault-exists`. */
  async init(protector: Protector): Promise<void> {
    await this.refuseExisting();
    const open = { vaultId: newId(), keyId: newId(), key: newKey() };
    const stored = await wrapKey(open.key, protector, keyBinding(open), this.#keychain);
    const content = { id: open.vaultId, keyId: open.keyId, protector: stored, records: {} };
    if (!(await writeVault(this.#directory, 1, content, this.#now()))) {
      await this.#forget(stored);
      throw this.#exists();
    }
    this.#use(open);
  }

  /** @throws HoldfastError `secrets.wrong-passphrase`, `secrets.wrong-key`, `secrets.wrong-protector` and others. */
  async unlock(protector: Protector): Promise<void> {
    const { document } = await this.#read();
    const names = { vaultId: document.id, keyId: document.keyId };
    const key = await unwrapKey(document.protector, protector, keyBinding(names), this.#keychain);
    this.#use({ ...names, key });
  }

  /** Forgets the key. */
  lock(): void {
    this.#use(undefined);
  }

  /**
   * Protects the vault in another way, or in the same way anew. With `renewKey` every secret is sealed again
   * under a new key: for when the old protector, and with it the old key, may be known to somebody.
   */
  async changeProtector(protector: Protector, options: { readonly renewKey?: boolean } = {}): Promise<void> {
    const renewKey = options.renewKey === true;
    const { open: current } = await this.#unlocked();
    // A copy: `lock` may wipe the key in use while the new protector is made.
    const next: OpenKey = renewKey
      ? { ...current, keyId: newId(), key: newKey() }
      : { ...current, key: Buffer.from(current.key) };
    const stored = await wrapKey(next.key, protector, keyBinding(next), this.#keychain);
    let before: StoredProtector | undefined;
    // Should this fail, a new keychain entry stays: whether the file names it is then unknown.
    await this.#change((content, open, file) => {
      before = content.protector;
      const records = renewKey ? resealed(content.records, file, open, next) : content.records;
      return { ...content, keyId: next.keyId, protector: stored, records };
    });
    this.#use(next);
    if (before !== undefined) await this.#forget(before);
  }

  /** Keeps a secret under a new id, or under the given one, replacing what it holds. */
  async put(value: string, id: string = newId()): Promise<SecretRef> {
    await this.#change((content, open) => {
      const sealed = sealBox(open.key, Buffer.from(value), recordBinding(open, id));
      return { ...content, records: { ...content.records, [id]: sealed } };
    });
    return { secret: id };
  }

  /** @throws HoldfastError `secrets.missing`. */
  async get(ref: SecretRef): Promise<string> {
    const { open, file, document } = await this.#unlocked();
    const sealed = Object.hasOwn(document.records, ref.secret) ? document.records[ref.secret] : undefined;
    if (sealed === undefined) throw new HoldfastError('secrets.missing', { id: ref.secret });
    return unseal(open, file, ref.secret, sealed).toString();
  }

  /** Resolves also when there is no such secret. */
  async remove(ref: SecretRef): Promise<void> {
    await this.#change((content) => {
      const { [ref.secret]: removed, ...records } = content.records;
      return removed === undefined ? undefined : { ...content, records };
    });
  }

  /**
   * Makes what is kept under an id something else; undefined stands for nothing. `change` is called once more for each
   * change that another makes at the same moment.
   */
  async update(id: string, change: (before: string | undefined) => string | undefined): Promise<void> {
    await this.#change((content, open, file) => {
      const { [id]: sealed, ...records } = content.records;
      const before = sealed === undefined ? undefined : unseal(open, file, id, sealed).toString();
      const value = change(before);
      if (value === before) return undefined;
      if (value === undefined) return { ...content, records };
      const next = sealBox(open.key, Buffer.from(value), recordBinding(open, id));
      return { ...content, records: { ...records, [id]: next } };
    });
  }

  /** Ids of all secrets. */
  async list(): Promise<string[]> {
    return Object.keys((await this.#unlocked()).document.records);
  }

  /** Changes the file's content, once more for each change that another process makes meanwhile. */
  async #change(
    change: (content: VaultContent, open: OpenKey, file: string) => VaultContent | undefined,
  ): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const { open, generation, file, document } = await this.#unlocked();
      const { format: _, version: __, ...content } = document;
      const changed = change(content, open, file);
      if (changed === undefined) return;
      if (await writeVault(this.#directory, generation + 1, changed, this.#now())) return;
    }
    throw new HoldfastError('secrets.busy', { directory: this.#directory });
  }

  #exists(): HoldfastError {
    return new HoldfastError('secrets.vault-exists', { directory: this.#directory });
  }

  async #read(): Promise<VaultGeneration> {
    const found = await readVault(this.#directory);
    if (found === undefined) throw new HoldfastError('secrets.no-vault', { directory: this.#directory });
    return found;
  }

  async #unlocked(): Promise<VaultGeneration & { readonly open: OpenKey }> {
    const found = await this.#read();
    const open = this.#open;
    if (open === undefined || open.keyId !== found.document.keyId) throw new HoldfastError('secrets.locked');
    return { ...found, open };
  }

  /** Takes a protector that is no longer used out of the keychain. One that stays there opens nothing. */
  async #forget(stored: StoredProtector): Promise<void> {
    if (stored.type === 'keychain') await this.#keychain.remove(stored.account).catch(() => undefined);
  }

  #use(open: OpenKey | undefined): void {
    this.#open?.key.fill(0);
    this.#open = open;
  }
}

function resealed(
  records: VaultContent['records'],
  file: string,
  open: OpenKey,
  next: OpenKey,
): VaultContent['records'] {
  const again = Object.entries(records).map(([id, sealed]) => {
    const plain = unseal(open, file, id, sealed);
    return [id, sealBox(next.key, plain, recordBinding(next, id))];
  });
  return Object.fromEntries(again);
}

function unseal(open: OpenKey, file: string, id: string, sealed: string): Buffer {
  const plain = openBox(open.key, sealed, recordBinding(open, id));
  if (plain !== undefined) return plain;
  throw new HoldfastError('secrets.damaged', { file, problem: detail('record-closed', { id }) });
}

function keyBinding(names: Pick<OpenKey, 'vaultId' | 'keyId'>): string {
  return `holdfast vault key\0${names.vaultId}\0${names.keyId}`;
}

function recordBinding(names: Pick<OpenKey, 'vaultId'>, id: string): string {
  return `holdfast vault record\0${names.vaultId}\0${id}`;
}

function newId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}
