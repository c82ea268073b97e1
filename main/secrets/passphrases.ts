import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { Vault } from './vault.ts';

const PREFIX = 'archive-passphrase-';
/** The one in use, then those before it: they still open the archives of their time. */
const recordSchema = z.array(z.string()).min(1);

/** The passphrases that tasks seal their archives with, by task and service. They outlive the task, as its archives do. */
export class ArchivePassphrases {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Makes it the one in use. */
  async set(task: string, service: string, passphrase: string): Promise<void> {
    const before = await this.all(task, service);
    const record = [passphrase, ...before.filter((former) => former !== passphrase)];
    await this.#vault.put(JSON.stringify(record), idOf(task, service));
  }

  /** The one that new archives are sealed with. @throws HoldfastError `secrets.passphrase-unknown` */
  async current(task: string, service: string): Promise<string> {
    const [current] = await this.all(task, service);
    if (current === undefined) throw new HoldfastError('secrets.passphrase-unknown', { service });
    return current;
  }

  /** The one in use and those before it; none when nobody entered one here. */
  async all(task: string, service: string): Promise<readonly string[]> {
    const id = idOf(task, service);
    if (!(await this.#vault.list()).includes(id)) return [];
    return recordSchema.parse(JSON.parse(await this.#vault.get({ secret: id })));
  }
}

function idOf(task: string, service: string): string {
  return `${PREFIX}${task}-${service}`;
}
