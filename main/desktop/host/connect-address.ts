const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Why an address cannot be connected to. */
export type AddressProblem = 'not-an-address' | 'not-encrypted';

/**
 * The origin of the host that `--connect` names. Plain HTTP is for this machine alone: anywhere else a password would
 * cross the network as it is.
 */
export function originToConnect(
  text: string,
): { readonly origin: string } | { readonly problem: AddressProblem } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { problem: 'not-an-address' };
  }
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '')
    return { problem: 'not-an-address' };
  if (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname)) return { problem: 'not-encrypted' };
  return { origin: url.origin };
}

/** An address, or what was meant to be one, without what may be a password: all before the last @ but the scheme. */
export function withoutUserInfo(text: string): string {
  return text.replace(/^([a-z]+:\/*)?.*@/s, '$1');
}

/** Whether the host's files are this machine's. */
export function isThisMachine(origin: string): boolean {
  return LOOPBACK.includes(new URL(origin).hostname);
}
