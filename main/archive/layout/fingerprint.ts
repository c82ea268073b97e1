import { detail } from '../../../shared/messages/details.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import { type Digest, digestOfContent, isKey, LineProblem, parseJson } from './line.ts';

/** A key with its fingerprint, eleven characters of base64url; null where the key is gone (a tombstone). */
export interface KeyFingerprint {
  readonly key: Key;
  readonly fingerprint: string | null;
}

/** Of the SHA-256 that it begins. */
const FINGERPRINT_BYTES = 8;
const NO_FINGERPRINT = '\0'.repeat(FINGERPRINT_BYTES);

/**
 * The fingerprint that an archive stores for this entry. Equal kind and equal content, members in the same order,
 * give the same fingerprint.
 */
export function fingerprintOf(entry: Entry): string {
  const list = new FingerprintList();
  list.push(digestOfContent(entry.kind, JSON.stringify(entry.content)));
  return list.at(0);
}

/** Fingerprints in the order of their lines, eight bytes each. */
export class FingerprintList {
  #bytes = Buffer.allocUnsafe(4096);
  #used = 0;

  /** Adds the fingerprint that a digest begins with; null for a tombstone. */
  push(digest: Digest | null): void {
    const at = this.#used;
    this.#used += FINGERPRINT_BYTES;
    if (this.#used > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * this.#bytes.length);
    this.#bytes.write(digest ?? NO_FINGERPRINT, at, FINGERPRINT_BYTES, 'latin1');
    // Eight zero bytes say "tombstone".
    if (digest !== null && isTombstoneAt(this.#bytes, at)) this.#bytes[this.#used - 1] = 1;
  }

  at(line: number): string {
    return textAt(this.#bytes, line * FINGERPRINT_BYTES);
  }

  /** The last line of a fingerprint part. The list is empty afterwards. */
  takeLine(): string {
    const text = `"${this.#bytes.toString('base64', 0, this.#used)}"\n`;
    this.#used = 0;
    return text;
  }
}

/** The line of a key in a fingerprint part. */
export function encodeKeyLine(keyText: string): string {
  return `${keyText}\n`;
}

/** Takes the text of a whole fingerprint part apart. Throws {@link LineProblem}. */
export function decodeFingerprints(text: string): KeyFingerprint[] {
  const keysEnd = text.lastIndexOf('\n', text.length - 2);
  if (keysEnd < 0 || !text.endsWith('\n')) throw new LineProblem(detail('fingerprints-cut-off'));
  // A line feed cannot stand inside a JSON text as it is written here: one parse takes all keys apart.
  const keys = parseJson(`[${text.slice(0, keysEnd).replaceAll('\n', ',')}]`);
  const packed = parseJson(text.slice(keysEnd + 1));
  if (!Array.isArray(keys) || typeof packed !== 'string')
    throw new LineProblem(detail('fingerprints-malformed'));
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.length !== keys.length * FINGERPRINT_BYTES) {
    throw new LineProblem(detail('fingerprints-size', { bytes: bytes.length, keys: keys.length }));
  }
  return keys.map((key: unknown, line) => {
    if (!isKey(key)) throw new LineProblem(detail('fingerprint-without-key'));
    const at = line * FINGERPRINT_BYTES;
    return { key, fingerprint: isTombstoneAt(bytes, at) ? null : textAt(bytes, at) };
  });
}

function textAt(bytes: Buffer, at: number): string {
  return bytes.toString('base64url', at, at + FINGERPRINT_BYTES);
}

function isTombstoneAt(bytes: Buffer, at: number): boolean {
  for (let i = at; i < at + FINGERPRINT_BYTES; i++) if (bytes[i] !== 0) return false;
  return true;
}
