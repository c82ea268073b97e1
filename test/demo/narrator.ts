import { fillText, type Language, type Params, type Text } from '../../shared/errors/text.ts';

/** Tells a person what happens, a line at a time, on a stream of its own: stdout belongs to the report. */
export class Narrator {
  readonly language: Language;
  readonly #write: (text: string) => void;
  #steps = 0;

  constructor(language: Language, write: (text: string) => void) {
    this.language = language;
    this.#write = write;
  }

  headline(text: Text, params: Params = {}): void {
    this.#line(`\n${this.words(text, params)}`);
  }

  /** Opens a numbered step. */
  step(title: Text, params: Params = {}): void {
    this.#steps += 1;
    this.#line(`\n${String(this.#steps).padStart(2)}. ${this.words(title, params)}`);
  }

  /** Closes the step with the time it took. */
  took(seconds: number): void {
    this.#line(`    (${seconds.toFixed(1)} s)`);
  }

  say(text: Text, params: Params = {}): void {
    this.#line(`    ${this.words(text, params)}`);
  }

  command(text: string): void {
    this.#line(`    $ ${text}`);
  }

  proof(holds: boolean, text: Text, params: Params = {}): void {
    this.#line(`    ${holds ? '✓' : '✗'} ${this.words(text, params)}`);
  }

  /** Something that already is in its final words, such as a difference that a proof found. */
  detail(text: string): void {
    this.#line(`        ${text}`);
  }

  words(text: Text, params: Params = {}): string {
    return fillText(text, params, this.language);
  }

  #line(text: string): void {
    this.#write(`${text}\n`);
  }
}
