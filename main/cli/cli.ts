import type { Command } from 'commander';
import { asOurs } from '../../shared/contract/reported.ts';
import { HoldfastError, reportError } from '../../shared/errors/error.ts';
import type { Language } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';
import { dataDirectoryOf } from '../files/data-directory.ts';
import { exitCodeOf } from './exit-code.ts';
import { Interruption } from './interruption.ts';
import { Invocation } from './invocation.ts';
import { languageOf } from './language.ts';
import { Output } from './output/output.ts';
import type { World } from './world.ts';

/** Options that every command has. */
interface GlobalOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly lang?: Language;
}

/** Carries a command out and gives its exit code; nothing means 0. */
export type Handler = (invocation: Invocation) => Promise<number | undefined>;

/** One use of the program: commands hand it what they do. */
export class Cli {
  readonly world: World;
  exitCode = 0;
  #globals: GlobalOptions = {};

  constructor(world: World) {
    this.world = world;
  }

  /** Takes the options that every command has, once they are known. */
  readGlobals(program: Command): void {
    this.#globals = program.opts<GlobalOptions>();
  }

  /** Runs a command's handler: opens nothing before it is needed, closes everything, turns errors into codes. */
  async execute(handler: Handler): Promise<void> {
    const interruption = new Interruption(this.world);
    const invocation = new Invocation(this.world, this.#output(), interruption, this.#dataDirectory());
    try {
      this.exitCode = await carryOut(handler, invocation);
    } catch (error) {
      await this.fail(error);
    } finally {
      interruption.end();
    }
  }

  /** Says why the program could not do it and sets its exit code. */
  async fail(error: unknown): Promise<void> {
    const report = reportError(asOurs(error), this.#language());
    this.exitCode = exitCodeOf(report.category);
    await this.#output().failure(report);
  }

  #output(): Output {
    const { json = false, quiet = false } = this.#globals;
    return new Output(this.world.stdout, this.world.stderr, { json, quiet, language: this.#language() });
  }

  #language(): Language {
    return this.#globals.lang ?? languageOf(this.world.env);
  }

  #dataDirectory(): string {
    return dataDirectoryOf(this.world, this.#globals.dataDir);
  }
}

async function carryOut(handler: Handler, invocation: Invocation): Promise<number> {
  try {
    return (await handler(invocation)) ?? 0;
  } catch (error) {
    throw invocation.signal.aborted
      ? new HoldfastError('general.cancelled', { what: detail('the-command') }, error)
      : error;
  } finally {
    await invocation.close();
  }
}
