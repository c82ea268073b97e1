import { createHash } from 'node:crypto';

const BYTES_OF_LENGTH = 4;

/** `SHA256:` and unpadded base64, as OpenSSH writes it. @param key the host key as it goes over the wire (RFC 4253, 6.6) */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** What SSH calls the kind of key: the first string in it. Empty where there is none. */
export function keyTypeOf(key: Uint8Array): string {
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  if (bytes.length < BYTES_OF_LENGTH) return '';
  const end = BYTES_OF_LENGTH + bytes.readUInt32BE(0);
  return end > bytes.length ? '' : bytes.toString('latin1', BYTES_OF_LENGTH, end);
}

/** What an accepted host key is worth for the one that is shown. */
export type HostKeyVerdict = 'accepted' | 'unknown' | 'changed';

/** @param known accepted fingerprints; with none of them no key is taken */
export function judgeHostKey(known: readonly string[], shown: string): HostKeyVerdict {
  if (known.length === 0) return 'unknown';
  return known.includes(shown) ? 'accepted' : 'changed';
}
