/** What a {@link Liveness} watches over and may do. */
export interface LivenessOptions {
  /** Negotiated timeout of the session, ms. */
  readonly sessionTimeoutMs: number;
  /** Longest time without an answered request while some are in flight, ms. */
  readonly replyTimeoutMs: number;
  readonly ping: () => void;
  /** True while requests are in flight. */
  readonly busy: () => boolean;
  readonly fail: (message: string) => void;
}

const longestTickMs = 1_000;
const shortestTickMs = 10;

/**
 * Keeps a session alive by pings and notices a peer that is gone, silent, or that sends bytes but never
 * answers. Times as in ZooKeeper's own client: silence is fatal after 2/3 of the session timeout, a ping
 * goes out after 1/3 of it without a request.
 */
export class Liveness {
  #options: LivenessOptions;
  #tickMs: number;
  #timer: NodeJS.Timeout;
  #received = performance.now();
  #sent = performance.now();
  #progressed = performance.now();
  #ticked = performance.now();

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#tickMs = Math.max(shortestTickMs, Math.min(options.sessionTimeoutMs / 10, longestTickMs));
    this.#timer = setInterval(() => this.#tick(), this.#tickMs);
  }

  /** Bytes came in. */
  received(): void {
    this.#received = performance.now();
  }

  /** Bytes went out. */
  sent(): void {
    this.#sent = performance.now();
  }

  /** A request was answered, or the first one of an idle connection was sent. */
  progressed(): void {
    this.#progressed = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { sessionTimeoutMs, replyTimeoutMs, busy, ping, fail } = this.#options;
    const now = performance.now();
    // After a blocked event loop or a sleeping machine replies may wait unread: they get one more tick.
    const late = now - this.#ticked > this.#tickMs * 3;
    this.#ticked = now;
    if (now - this.#sent >= sessionTimeoutMs / 3) ping();
    if (late) return;
    if (now - this.#received > (sessionTimeoutMs * 2) / 3) {
      fail(`nothing was received for ${Math.round(now - this.#received)} ms`);
    } else if (busy() && now - this.#progressed > replyTimeoutMs) {
      fail(`no request was answered for ${Math.round(now - this.#progressed)} ms`);
    }
  }
}
