import type { Duplex } from 'node:stream';

/** Where somebody listens: a name or an address, and a port. */
export interface DialAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a byte stream to a listener by another way than this machine's own network. The name is looked up at the far
 * end. Rejects with the reason of the signal, or an error that says why; nothing is left open then. A stream whose way
 * broke is destroyed with the error.
 */
export type Dial = (address: DialAddress, signal: AbortSignal) => Promise<Duplex>;
