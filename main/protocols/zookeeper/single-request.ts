import { errorCodeOf } from './errors.ts';
import { Exchange, type Subject } from './exchange.ts';
import type { JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';

/** What distinguishes one kind of single-frame request from another. */
export interface RequestShape<T> {
  readonly opcode: number;
  readonly encode: (w: JuteWriter) => void;
  readonly decode: (r: JuteReader, zxid: bigint) => T;
  /** Outcome for an error that is an answer; undefined where it is a failure. */
  readonly answerTo?: (error: number) => { readonly value: T } | undefined;
}

/** A request of one frame. */
export class SingleRequest<T> extends Exchange<T> {
  #shape: RequestShape<T>;

  constructor(subject: Subject, shape: RequestShape<T>) {
    super(subject, 1);
    this.#shape = shape;
  }

  override encode(w: JuteWriter): void {
    w.int(this.#shape.opcode);
    this.#shape.encode(w);
  }

  override accept(_index: number, error: number, zxid: bigint, body: JuteReader): void {
    if (error === 0) {
      this.succeed(this.#shape.decode(body, zxid));
      return;
    }
    const answer = this.#shape.answerTo?.(error);
    if (answer === undefined) this.fail(errorCodeOf(error), unnamedError(error));
    else this.succeed(answer.value);
  }
}

/** Detail that keeps the number of an error which has no name. */
export function unnamedError(error: number): { message?: string } {
  return errorCodeOf(error) === 'Unknown' ? { message: `error ${error} of the server` } : {};
}
