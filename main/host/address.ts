import { isIPv6 } from 'node:net';
import { HoldfastError } from '../../shared/errors/error.ts';

/** Where a host listens. Port 0 asks for a free one. */
export interface Address {
  readonly address: string;
  readonly port: number;
}

const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * Lets pass only addresses that other machines cannot reach: without TLS and roles nothing else is safe.
 * @throws HoldfastError `host.not-loopback`
 */
export function requireLoopback(address: string): void {
  if (!LOOPBACK.includes(address)) throw new HoldfastError('host.not-loopback', { address });
}

/** `host:port` as it stands in a URL and in the Host header. */
export function authority({ address, port }: Address): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Every Host header that a loopback host may be called by; anything else is DNS rebinding. */
export function ownAuthorities(port: number): readonly string[] {
  return [`localhost:${port}`, ...LOOPBACK.map((address) => authority({ address, port }))];
}
