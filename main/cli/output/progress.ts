import { printable } from '../../../shared/report/printable.ts';
import type { Output } from './output.ts';
import { bytes, count, duration } from './quantity.ts';
import { Rate } from './rate.ts';
import { displayWidth } from './table.ts';
import { TEXTS } from './texts.ts';

/** How far a piece of work is. */
export interface Amount {
  readonly done: number;
  readonly total?: number;
  /** Absent where objects are all there is to count. */
  readonly bytes?: number;
}

const PLAIN_MILLISECONDS = 5_000;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Shows progress to a person: on a terminal one line that is written over and over, elsewhere a plain line at
 * most every five seconds. Says nothing to programs.
 */
export class Progress {
  readonly #output: Output;
  readonly #now: () => number;
  #label = '';
  #objects: Rate;
  #bytes: Rate;
  #plainAt = Number.NEGATIVE_INFINITY;
  #shown = false;

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
    this.#objects = new Rate(now);
    this.#bytes = new Rate(now);
  }

  /** The piece of work named `label` has come this far. */
  async show(label: string, amount: Amount): Promise<void> {
    if (!this.#output.talks) return;
    if (label !== this.#label) this.#begin(label);
    this.#objects.note(amount.done);
    if (amount.bytes !== undefined) this.#bytes.note(amount.bytes);
    const line = `${printable(label)}  ${this.#describe(amount)}`;
    if (this.#output.stderr.isTerminal) await this.#overwrite(line);
    else await this.#plain(line);
  }

  /** Takes the line away so that something else can be printed. */
  async clear(): Promise<void> {
    if (!this.#shown) return;
    this.#shown = false;
    await this.#output.stderr.write(CLEAR_LINE);
  }

  #begin(label: string): void {
    this.#label = label;
    this.#objects = new Rate(this.#now);
    this.#bytes = new Rate(this.#now);
  }

  #describe({ done, total, bytes: size }: Amount): string {
    const parts = [total === undefined ? count(done) : `${count(done)}/${count(total)}`];
    if (total !== undefined && total > 0) parts.push(`${Math.floor((100 * done) / total)}%`);
    const rate = this.#objects.perSecond;
    if (rate !== undefined) parts.push(`${count(rate)}/s`);
    if (size !== undefined && size > 0) parts.push(bytes(size));
    const flow = this.#bytes.perSecond;
    if (flow !== undefined && flow > 0) parts.push(`${bytes(flow)}/s`);
    if (total !== undefined && rate !== undefined && rate > 0 && done < total) {
      const time = duration(Math.max(1000, ((total - done) / rate) * 1000));
      parts.push(this.#output.words(TEXTS.left, { time }));
    }
    return parts.join('  ');
  }

  async #overwrite(line: string): Promise<void> {
    this.#shown = true;
    const room = this.#output.stderr.columns - 1;
    await this.#output.stderr.write(CLEAR_LINE + cut(line, room));
  }

  async #plain(line: string): Promise<void> {
    if (this.#now() - this.#plainAt < PLAIN_MILLISECONDS) return;
    this.#plainAt = this.#now();
    await this.#output.stderr.write(`${line}\n`);
  }
}

/** A line that would wrap could not be written over. */
function cut(line: string, room: number): string {
  let text = line;
  while (displayWidth(text) > room) text = text.slice(0, -1);
  return text;
}
