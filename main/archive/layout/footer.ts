import { hash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import { DEFLATE_END, FORMAT_MAJOR, FORMAT_MINOR, GZIP_HEADER } from './format.ts';

export const FOOTER_LENGTH = 200;
/** Member 2: the empty gzip member that carries the footer. */
export const ENDING_LENGTH = 226;

const MAGIC = Buffer.from('HOLDFAST', 'latin1');
const SIGNED_PREFIX = Buffer.from('holdfast archive v1\0', 'latin1');
const ENCRYPTED = 1;
const SIGNED = 2;
const KEY_AT = 72;
const SIGNATURE_AT = 104;
const HASH_AT = 168;

/** Member 2 before the footer: gzip header with FEXTRA, XLEN, sub-field "HF". */
const BEFORE = Buffer.from('1f8b08040000000000ffcc004846c800', 'hex');
const AFTER = Buffer.concat([DEFLATE_END, Buffer.alloc(8)]);

export interface FooterFacts {
  readonly encrypted: boolean;
  /** Offsets and lengths in bytes. */
  readonly memberTwoOffset: number;
  readonly tailOffset: number;
  /** Of the tail after inflating. */
  readonly tailSize: number;
  /** Of the tail's bytes in the file. */
  readonly tailSha256: Uint8Array;
}

export interface Footer extends FooterFacts {
  readonly minor: number;
  /** Raw Ed25519 public key and signature; absent on an unsigned archive. */
  readonly signature?: {
    readonly publicKey: Uint8Array;
    readonly bytes: Uint8Array;
    readonly message: Uint8Array;
  };
  /** SHA-256 of the footer, hex: what an increment's `parent.footer` holds. */
  readonly sha256: string;
}

/** Signs footer bytes; `publicKey` is raw, 32 bytes. */
export interface FooterSigner {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Member 2 with the footer in it, and the footer's SHA-256 (hex). */
export function encodeEnding(facts: FooterFacts, signer?: FooterSigner): { bytes: Buffer; sha256: string } {
  const footer = Buffer.alloc(FOOTER_LENGTH);
  MAGIC.copy(footer, 0);
  footer.writeUInt16LE(FORMAT_MAJOR, 8);
  footer.writeUInt16LE(FORMAT_MINOR, 10);
  footer.writeUInt32LE((facts.encrypted ? ENCRYPTED : 0) | (signer === undefined ? 0 : SIGNED), 12);
  footer.writeBigUInt64LE(BigInt(facts.memberTwoOffset), 16);
  footer.writeBigUInt64LE(BigInt(facts.tailOffset), 24);
  footer.writeBigUInt64LE(BigInt(facts.tailSize), 32);
  footer.set(facts.tailSha256, 40);
  if (signer !== undefined) {
    footer.set(signer.publicKey, KEY_AT);
    footer.set(signer.sign(signedMessage(footer)), SIGNATURE_AT);
  }
  footer.set(hash('sha256', footer.subarray(0, HASH_AT), 'buffer'), HASH_AT);
  return { bytes: Buffer.concat([BEFORE, footer, AFTER]), sha256: hash('sha256', footer, 'hex') };
}

/**
 * Takes the last {@link ENDING_LENGTH} bytes of a file of `fileSize` bytes apart.
 * Throws `archive.no-footer`, `archive.footer-damaged`, `archive.unsupported-version`.
 */
export function parseEnding(ending: Buffer, fileSize: number): Footer {
  const footer = ending.subarray(BEFORE.length, BEFORE.length + FOOTER_LENGTH);
  const hasMagic = footer.subarray(0, MAGIC.length).equals(MAGIC);
  const isFramed = ending.subarray(0, BEFORE.length).equals(BEFORE);
  if (ending.length !== ENDING_LENGTH || !(hasMagic || isFramed))
    throw new HoldfastError('archive.no-footer');
  if (!hasMagic) throw damaged(detail('bad-start'));
  const sound = hash('sha256', footer.subarray(0, HASH_AT), 'buffer').equals(footer.subarray(HASH_AT));
  if (!sound) throw damaged(detail('hash-wrong'));
  const major = footer.readUInt16LE(8);
  const minor = footer.readUInt16LE(10);
  if (major !== FORMAT_MAJOR)
    throw new HoldfastError('archive.unsupported-version', { version: `${major}.${minor}` });
  if (!isFramed || !ending.subarray(BEFORE.length + FOOTER_LENGTH).equals(AFTER)) {
    throw damaged(detail('gzip-member'));
  }
  return checked(decode(footer), fileSize);
}

function decode(footer: Buffer): Footer {
  const flags = footer.readUInt32LE(12);
  const minor = footer.readUInt16LE(10);
  if (minor === 0 && (flags & ~(ENCRYPTED | SIGNED)) !== 0) throw damaged(detail('unknown-flags'));
  const facts = {
    minor,
    encrypted: (flags & ENCRYPTED) !== 0,
    memberTwoOffset: Number(footer.readBigUInt64LE(16)),
    tailOffset: Number(footer.readBigUInt64LE(24)),
    tailSize: Number(footer.readBigUInt64LE(32)),
    tailSha256: footer.subarray(40, KEY_AT),
    sha256: hash('sha256', footer, 'hex'),
  };
  if ((flags & SIGNED) !== 0) {
    const publicKey = footer.subarray(KEY_AT, SIGNATURE_AT);
    const bytes = footer.subarray(SIGNATURE_AT, HASH_AT);
    return { ...facts, signature: { publicKey, bytes, message: signedMessage(footer) } };
  }
  if (footer.subarray(KEY_AT, HASH_AT).some((byte) => byte !== 0)) throw damaged(detail('stray-signature'));
  return facts;
}

function checked(footer: Footer, fileSize: number): Footer {
  const { memberTwoOffset, tailOffset } = footer;
  if (memberTwoOffset !== fileSize - ENDING_LENGTH) throw damaged(detail('file-length'));
  if (tailOffset <= GZIP_HEADER.length || tailOffset >= memberTwoOffset)
    throw damaged(detail('offsets-impossible'));
  return footer;
}

function signedMessage(footer: Buffer): Buffer {
  return Buffer.concat([SIGNED_PREFIX, footer.subarray(0, SIGNATURE_AT)]);
}

function damaged(problem: Text): HoldfastError {
  return new HoldfastError('archive.footer-damaged', { problem });
}
