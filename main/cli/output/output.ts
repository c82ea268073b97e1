import type { ErrorReport } from '../../../shared/errors/error.ts';
import { fillText, type Language, type Params, type Text, wordOf } from '../../../shared/errors/text.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Sink } from '../world.ts';
import { TEXTS } from './texts.ts';
import { WORDS, type Word } from './words.ts';

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly language: Language;
}

/**
 * What a command says. Results go to stdout, as text or as JSON; everything on the way goes to stderr and only
 * where a person reads along.
 */
export class Output {
  readonly options: OutputOptions;
  readonly stderr: Sink;
  readonly #stdout: Sink;

  constructor(stdout: Sink, stderr: Sink, options: OutputOptions) {
    this.#stdout = stdout;
    this.stderr = stderr;
    this.options = options;
  }

  /** A text in the reader's language; values from outside are made safe to show. */
  words(text: Text, params: Params = {}): string {
    const { language } = this.options;
    const safe = Object.entries(params).map(
      ([name, value]) => [name, printable(wordOf(value, language))] as const,
    );
    return fillText(text, Object.fromEntries(safe), language);
  }

  /** A single word of a table or list. */
  word(word: Word): string {
    return this.options.language === 'zh' ? WORDS[word] : word;
  }

  /** A word as the heading of a column. */
  heading(word: Word): string {
    return this.word(word).toUpperCase();
  }

  /** A result: one line of JSON, or the text that `human` makes of it. Several make a stream. */
  async result(value: unknown, human: () => string): Promise<void> {
    await this.#stdout.write(this.options.json ? `${JSON.stringify(value)}\n` : human());
  }

  /** A result that only programs want. */
  async event(value: unknown): Promise<void> {
    if (this.options.json) await this.#stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Something for a person on the way. */
  async note(text: Text, params: Params = {}): Promise<void> {
    if (this.talks) await this.stderr.write(`${this.words(text, params)}\n`);
  }

  /** Whether a person reads along. */
  get talks(): boolean {
    return !this.options.quiet && !this.options.json;
  }

  /** Why the command failed: on stdout as JSON, else on stderr. */
  async failure(report: ErrorReport): Promise<void> {
    if (this.options.json) return this.#stdout.write(`${JSON.stringify({ error: report })}\n`);
    const causes = report.causes.map((cause) => this.words(TEXTS.cause, { cause }));
    const lines = [
      this.words(TEXTS.error, { message: report.message, code: report.code }),
      ...causes,
      ...(report.remedy === '' ? [] : [`  ${printable(report.remedy)}`]),
    ];
    await this.stderr.write(`${lines.join('\n')}\n`);
  }
}
