import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { Vault } from './vault.ts';

const PREFIX = 'archive-passphrase-';
/** The one in use, then those before it: they still open the archives of their time. */
const recordSchema = z.array(z.string()).min(1);
type Passphrases = readonly string[];

/** The passphrases that tasks seal their archives with, by task and service. They outlive the task, as its archives do. */
export class ArchivePassphrases {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /**
   * Makes it the one in use. What it gives puts the one before it back, unless another was set since; where there was
   * one, this one stays known: an archive may have been sealed by it meanwhile.
   */
  async set(task: string, service: string, passphrase: string): Promise<() => Promise<void>> {
    let before: Passphrases = [];
    await this.#change(task, service, (known) => {
      before = known;
      return [passphrase, ...without(known, passphrase)];
    });
    return () =>
      this.#change(task, service, (known) => {
        if (known[0] !== passphrase) return known;
        return before.length === 0 ? without(known, passphrase) : [...new Set([...before, ...known])];
      });
  }

  /** The one that new archives are sealed with. @throws HoldfastError `secrets.passphrase-unknown` */
  async current(task: string, service: string): Promise<string> {
    const [current] = await this.all(task, service);
    if (current === undefined) throw new HoldfastError('secrets.passphrase-unknown', { service });
    return current;
  }

  /** The one in use and those before it; none when nobody entered one here. */
  async all(task: string, service: string): Promise<Passphrases> {
    const id = idOf(task, service);
    if (!(await this.#vault.list()).includes(id)) return [];
    return read(await this.#vault.get({ secret: id }));
  }

  async #change(task: string, service: string, change: (known: Passphrases) => Passphrases): Promise<void> {
    await this.#vault.update(idOf(task, service), (record) => {
      const changed = change(record === undefined ? [] : read(record));
      return changed.length === 0 ? undefined : JSON.stringify(changed);
    });
  }
}

function read(record: string): Passphrases {
  return recordSchema.parse(JSON.parse(record));
}

function without(known: Passphrases, passphrase: string): Passphrases {
  return known.filter((each) => each !== passphrase);
}

function idOf(task: string, service: string): string {
  return `${PREFIX}${task}-${service}`;
}
