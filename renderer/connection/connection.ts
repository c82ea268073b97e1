import { RPCLink } from '@orpc/client/websocket';
import { offeredProtocols, RPC_PATH } from '../../shared/contract/handshake.ts';
import { SIGNED_OUT_STATUS } from '../../shared/contract/session.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { readSession } from './session.ts';

/**
 * `connecting`: for the first time. `lost`: was open; tries again by itself at `retryAt` (epoch milliseconds).
 * `signed-out`: the host wants somebody to sign in. `mismatch`: page and host are of different versions.
 */
export type ConnectionState =
  | { readonly state: 'idle' | 'connecting' | 'open' | 'signed-out' | 'mismatch' }
  | { readonly state: 'lost'; readonly retryAt: number };

const FIRST_RETRY_MILLISECONDS = 500;
const LONGEST_RETRY_MILLISECONDS = 15_000;
/** Handshakes refused to somebody who is signed in, after which the host must be of another version. */
const REFUSALS_OF_ANOTHER_VERSION = 3;

export type Link = RPCLink<Record<never, never>>;

/** The one WebSocket to the host: opened again whenever it is lost, each time a little later. */
export class Connection {
  #state: ConnectionState = { state: 'idle' };
  #link: Link | undefined;
  #socket: WebSocket | undefined;
  #retries = 0;
  #refusals = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly state = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the connection unless it is open or being opened. */
  readonly open = (): void => {
    clearTimeout(this.#timer);
    if (this.#state.state === 'open' || this.#state.state === 'connecting') return;
    if (this.#state.state !== 'lost') this.#become({ state: 'connecting' });
    const address = new URL(RPC_PATH, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address, offeredProtocols());
    this.#socket = socket;
    const link: Link = new RPCLink({ websocket: socket });
    socket.addEventListener('open', () => {
      this.#retries = 0;
      this.#refusals = 0;
      this.#link = link;
      this.#become({ state: 'open' });
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket === socket) void this.#closed(code === SIGNED_OUT_STATUS);
    });
  };

  /** Ends the connection for good, until it is opened again: the session is over. */
  signOut(): void {
    clearTimeout(this.#timer);
    this.#become({ state: 'signed-out' });
    this.#socket?.close();
  }

  /**
   * The way to the host.
   * @throws HoldfastError `host.connection-lost` when there is none at the moment
   */
  link(): Link {
    if (this.#link !== undefined) return this.#link;
    throw new HoldfastError('host.connection-lost', { problem: 'it is being opened again' });
  }

  /** Resolves when the connection is open; rejects when the signal aborts. */
  whenOpen(signal: AbortSignal): Promise<void> {
    if (this.#state.state === 'open') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const forget = this.subscribe(() => {
        if (this.#state.state !== 'open') return;
        forget();
        resolve();
      });
      signal.addEventListener('abort', () => {
        forget();
        reject(signal.reason);
      });
    });
  }

  async #closed(signedOut: boolean): Promise<void> {
    this.#link = undefined;
    const { state } = this.#state;
    if (state === 'signed-out') return;
    if (signedOut) return this.#become({ state: 'signed-out' });
    const retryAt = Date.now() + this.#delay();
    this.#become({ state: 'lost', retryAt });
    // A browser does not tell why a handshake was refused; the session does.
    const session = await readSession().catch(() => undefined);
    if (session?.signedIn === false) return this.#become({ state: 'signed-out' });
    this.#refusals = session === undefined || state === 'open' ? 0 : this.#refusals + 1;
    if (this.#refusals >= REFUSALS_OF_ANOTHER_VERSION) return this.#become({ state: 'mismatch' });
    this.#timer = setTimeout(this.open, Math.max(0, retryAt - Date.now()));
  }

  /** Doubles each time, with a share of chance: the pages of a host do not all come back at once. */
  #delay(): number {
    const longest = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** this.#retries, LONGEST_RETRY_MILLISECONDS);
    this.#retries++;
    return longest * (0.75 + Math.random() / 4);
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The page's connection. */
export const connection = new Connection();
