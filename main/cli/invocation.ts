import type { Opening } from '../../shared/model/target.ts';
import type { Interruption } from './interruption.ts';
import type { FlagGroups } from './options/flag-groups.ts';
import { type SecretQuestion, SecretReader } from './options/read-secret.ts';
import { type OpeningOptions, readOpening, readRightPassphrase } from './options/secret-flags.ts';
import type { Output } from './output/output.ts';
import { Progress } from './output/progress.ts';
import { TEXTS } from './output/texts.ts';
import { resolveSigners } from './session/archive-key.ts';
import type { Client } from './session/client.ts';
import { openSession, type Session } from './session/session.ts';
import type { World } from './world.ts';

const VAULT_PASSPHRASE = { flag: '--passphrase', variable: 'HOLDFAST_VAULT_PASSPHRASE' };

/** One command being carried out: what it may use, opened when it is first needed. */
export class Invocation {
  readonly world: World;
  readonly output: Output;
  readonly interruption: Interruption;
  readonly secrets: SecretReader;
  readonly progress: Progress;
  readonly dataDirectory: string;
  #session: Promise<Session> | undefined;

  constructor(world: World, output: Output, interruption: Interruption, dataDirectory: string) {
    this.world = world;
    this.output = output;
    this.interruption = interruption;
    this.dataDirectory = dataDirectory;
    this.secrets = new SecretReader(world, output);
    this.progress = new Progress(output, world.now);
  }

  get signal(): AbortSignal {
    return this.interruption.signal;
  }

  /** The way to the engine: the running host's, else our own. */
  session(): Promise<Session> {
    this.#session ??= openSession(this.world.engines, this.dataDirectory);
    return this.#session;
  }

  async client(): Promise<Client> {
    return (await this.session()).client;
  }

  /** The client with the vault open, as far as the environment or the person can open it. */
  async unlockedClient(): Promise<Client> {
    const client = await this.client();
    const { state, protector } = await client.vault.state({});
    if (state !== 'locked' || protector !== 'passphrase') return client;
    const question = this.#passphraseQuestion();
    const given = await this.secrets.read(question, undefined);
    // Without anyone to ask, the engine says what it needs the vault for.
    if (given === undefined && !this.world.interactive) return client;
    await client.vault.unlock({
      kind: 'passphrase',
      passphrase: given ?? (await this.secrets.ask(question)),
    });
    return client;
  }

  /** The vault's passphrase as far as the environment gives it; nobody is asked. */
  givenVaultPassphrase(): Promise<string | undefined> {
    return this.secrets.read(this.#passphraseQuestion(), undefined);
  }

  #passphraseQuestion(): SecretQuestion {
    return { ...VAULT_PASSPHRASE, what: this.output.words(TEXTS.vaultPassphrase) };
  }

  /** What the flags of `addOpeningFlags` give for opening archives. */
  opening(groups: FlagGroups, options: OpeningOptions): Promise<Opening | undefined> {
    return readOpening(this, groups, options, (text) => resolveSigners(() => this.unlockedClient(), text));
  }

  /** What opens the right one of two archives, where it is another passphrase. */
  rightPassphrase(groups: FlagGroups): Promise<string | undefined> {
    return readRightPassphrase(this, groups);
  }

  /** Ends what was opened. */
  async close(): Promise<void> {
    await this.progress.clear();
    const session = this.#session;
    this.#session = undefined;
    // One that could not be opened has already failed the command.
    await (await session?.catch(() => undefined))?.close();
  }
}
