import { ZooKeeperError, type ZooKeeperErrorCode } from './errors.ts';
import type { JuteReader } from './jute-reader.ts';
import type { JuteWriter } from './jute-writer.ts';

/** Whom an exchange is about, for its errors. */
export interface Subject {
  readonly op: string;
  /** As the caller wrote it; of a batch, its first path. */
  readonly path: string;
  /** True where the request may change the tree, so that losing its reply leaves the outcome unknown. */
  readonly isWrite: boolean;
}

/** What is known about a failure beside its code. */
export interface FailureDetail {
  readonly message?: string | undefined;
  readonly cause?: unknown;
  /** True once the request was handed to the socket. */
  readonly sent?: boolean;
}

/** What a connection and its queues need to know of an exchange, whatever its outcome's type. */
export interface Sendable {
  readonly subject: Subject;
  /** Request frames, which are sent together and answered in order. */
  readonly frames: number;
  /** Set by the connection when it is sent: id of the first frame; the others count up from it. */
  firstXid: number;
  /** How many of its frames were answered. */
  answered: number;
  /** Bytes of its largest frame. */
  largestFrame: number;
  /** True once nobody waits any more: it need not be sent. */
  readonly settled: boolean;
  /** Writes opcode and body of frame `index`. */
  encode(w: JuteWriter, index: number): void;
  /** Takes the reply to frame `index`: error number of its header (0 for none), zxid, and its body. */
  accept(index: number, error: number, zxid: bigint, body: JuteReader): void;
  /** Rejects the outcome with an error about this request. */
  fail(code: ZooKeeperErrorCode, detail?: FailureDetail): void;
  /** Rejects the outcome with `reason` as it is. */
  abandon(reason: unknown): void;
}

/** One or more request frames and the single promise of their outcome. */
export abstract class Exchange<T> implements Sendable {
  readonly subject: Subject;
  readonly frames: number;
  readonly outcome: Promise<T>;
  firstXid = 0;
  answered = 0;
  largestFrame = 0;
  #settled = false;
  #resolve: (value: T) => void;
  #reject: (reason: unknown) => void;

  constructor(subject: Subject, frames: number) {
    this.subject = subject;
    this.frames = frames;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.outcome = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get settled(): boolean {
    return this.#settled;
  }

  abstract encode(w: JuteWriter, index: number): void;

  abstract accept(index: number, error: number, zxid: bigint, body: JuteReader): void;

  fail(code: ZooKeeperErrorCode, detail: FailureDetail = {}): void {
    const { op, path, isWrite } = this.subject;
    const { message, cause, sent = false } = detail;
    this.abandon(new ZooKeeperError(code, { op, path, message, cause, outcomeUnknown: isWrite && sent }));
  }

  abandon(reason: unknown): void {
    this.#settled = true;
    this.#reject(reason);
  }

  protected succeed(value: T): void {
    this.#settled = true;
    this.#resolve(value);
  }
}
