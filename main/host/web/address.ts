import { isIPv6 } from 'node:net';

/** Where a host listens. Port 0 asks for a free one. */
export interface Address {
  readonly address: string;
  readonly port: number;
}

const LOOPBACK = ['127.0.0.1', '::1'];

/** Whether only this machine can reach it. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.includes(address);
}

/** `host:port` as it stands in a URL and in the Host header. */
export function authority({ address, port }: Address): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Every Host header that a loopback address may be called by; anything else is DNS rebinding. */
export function loopbackAuthorities(port: number): readonly string[] {
  return [`localhost:${port}`, ...LOOPBACK.map((address) => authority({ address, port }))];
}

const HTTPS_PORT = 443;

/**
 * Every Host header that goes with the names that the operator gave. A name that brings its port along, as a proxy
 * in front gives it, is taken as it is; browsers leave out the port of https.
 */
export function publicAuthorities(names: readonly string[], port: number): readonly string[] {
  return names.flatMap((given) => {
    const name = given.toLowerCase();
    if (/:\d+$/.test(name) && !isIPv6(name)) return [name];
    const withPort = authority({ address: name, port });
    return port === HTTPS_PORT ? [withPort, isIPv6(name) ? `[${name}]` : name] : [withPort];
  });
}
