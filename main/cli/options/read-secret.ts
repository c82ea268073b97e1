import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Output } from '../output/output.ts';
import { TEXTS } from '../output/texts.ts';
import type { World } from '../world.ts';
import type { GivenFlag } from './flag-groups.ts';

/** A secret that a command may need, and the names under which it can be given. */
export interface SecretQuestion {
  /** What it is, in the reader's language. */
  readonly what: string;
  /** Long flag with dashes: `--password`. */
  readonly flag: string;
  readonly variable: string;
  /** Ask twice: a new secret that was mistyped locks its owner out. */
  readonly twice?: boolean;
}

/** Takes secrets from files, standard input, the environment or a person. Never from arguments. */
export class SecretReader {
  readonly #world: World;
  readonly #output: Output;
  #inputTaken = false;

  constructor(world: World, output: Output) {
    this.#world = world;
    this.#output = output;
  }

  /**
   * The secret as the flag says, else from the environment; undefined when neither gives it.
   * @throws HoldfastError `cli.secret-in-argument` when it stands on the command line itself
   */
  async read(question: SecretQuestion, given: GivenFlag | undefined): Promise<string | undefined> {
    const { flag, variable } = question;
    if (given === undefined) return this.#fromEnvironment(variable);
    switch (given.form) {
      case 'file':
        return this.#fromFile(given.values.at(-1) ?? '');
      case 'stdin':
        return this.#fromInput(flag);
      case 'prompt':
        return this.ask(question);
      case 'value':
        throw new HoldfastError('cli.secret-in-argument', { flag, variable });
    }
  }

  /** Asks a person. @throws HoldfastError `cli.no-terminal` when there is none */
  async ask(question: SecretQuestion): Promise<string> {
    const { what, flag, variable } = question;
    if (!this.#world.interactive) {
      throw new HoldfastError('cli.no-terminal', {
        what,
        flags: `${flag}-file PATH, ${flag}-stdin, ${variable}`,
      });
    }
    const answer = await this.#world.ask(this.#output.words(TEXTS.secretQuestion, { what }), {
      hidden: true,
    });
    if (question.twice !== true) return answer;
    const again = await this.#world.ask(this.#output.words(TEXTS.secretAgain, { what }), { hidden: true });
    if (again === answer) return answer;
    const problem = this.#output.words(TEXTS.secretsDiffer);
    throw new HoldfastError('general.invalid-input', { what, problem });
  }

  /** `NAME`, else the file that `NAME_FILE` names. */
  async #fromEnvironment(variable: string): Promise<string | undefined> {
    const value = this.#world.env[variable];
    if (value !== undefined) return value;
    const file = this.#world.env[`${variable}_FILE`];
    return file === undefined ? undefined : this.#fromFile(file);
  }

  async #fromFile(path: string): Promise<string> {
    return withoutLineEnd(await this.#world.readFile(path));
  }

  async #fromInput(flag: string): Promise<string> {
    if (this.#inputTaken) {
      const problem = detail('one-secret');
      throw new HoldfastError('general.invalid-input', { what: `${flag}-stdin`, problem });
    }
    this.#inputTaken = true;
    return withoutLineEnd(await this.#world.readInput());
  }
}

/** Editors and `echo` end a file with a line end that is not part of the secret. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
