import { hash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { sameInBoth, type Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type Manifest, manifestSchema } from '../../../shared/model/manifest.ts';
import { isSignedBy } from '../keys/signing.ts';
import { ENDING_LENGTH, type Footer, parseEnding } from '../layout/footer.ts';
import {
  BLOCK_LIMIT,
  DEFLATE_END,
  FRAME_LIMIT,
  GZIP_HEADER,
  GZIP_TRAILER_LENGTH,
  MANIFEST_LIMIT,
  SEALED_EXTRA,
  TAR_END,
  tarPadding,
} from '../layout/format.ts';
import { BlockProblem, inflateRun } from '../layout/outer-block.ts';
import { findContent } from '../layout/tar-header.ts';
import type { TailedSource } from './byte-source.ts';

/** Whether an archive is signed, and by whom (Ed25519 public key, hex). A signature that does not fit is an error. */
export type SignatureState = { readonly signed: false } | { readonly signed: true; readonly signer: string };

/** What the end of the file says. */
export interface Ending {
  readonly footer: Footer;
  readonly manifest: Manifest;
  /** The tail after inflating, and the CRC-32 and length that close member 1. */
  readonly tail: { readonly inflated: Buffer; readonly crc: number; readonly length: number };
}

/** The footer alone. Throws `archive.no-footer`, `archive.footer-damaged`, `archive.unsupported-version`. */
export async function readFooter(source: TailedSource, signal?: AbortSignal): Promise<Footer> {
  if (source.size < ENDING_LENGTH + GZIP_HEADER.length) throw new HoldfastError('archive.no-footer');
  return parseEnding(await source.read(source.size - ENDING_LENGTH, ENDING_LENGTH, signal), source.size);
}

/** Follows the chain of hashes from the footer to the manifest. Throws `archive.manifest-damaged`. */
export async function readEnding(
  source: TailedSource,
  footer: Footer,
  signal?: AbortSignal,
): Promise<Ending> {
  const tail = await readTail(source, footer, signal);
  return { footer, tail, manifest: parseManifest(tail.inflated, footer) };
}

async function readTail(source: TailedSource, footer: Footer, signal?: AbortSignal): Promise<Ending['tail']> {
  const { tailOffset, memberTwoOffset, tailSize } = footer;
  const length = memberTwoOffset - tailOffset;
  const limit = MANIFEST_LIMIT + FRAME_LIMIT + TAR_END.length;
  if (tailSize > limit || length > limit + Math.ceil(limit / BLOCK_LIMIT) * SEALED_EXTRA)
    throw damaged(detail('larger-than-manifest'));
  if (length < DEFLATE_END.length + GZIP_TRAILER_LENGTH) throw damaged(detail('cut-off'));
  const bytes = await source.read(tailOffset, length, signal);
  if (!hash('sha256', bytes, 'buffer').equals(footer.tailSha256)) throw damaged(detail('hash-not-of-footer'));
  const end = length - GZIP_TRAILER_LENGTH;
  if (!bytes.subarray(end - DEFLATE_END.length, end).equals(DEFLATE_END))
    throw damaged(detail('deflate-open'));
  const inflated = inflate(bytes.subarray(0, end), tailSize);
  if (inflated.length !== tailSize) throw damaged(detail('length-not-of-footer'));
  return { inflated, crc: bytes.readUInt32LE(end), length: bytes.readUInt32LE(end + 4) };
}

function inflate(bytes: Buffer, limit: number): Buffer {
  try {
    return inflateRun(bytes, limit);
  } catch (error) {
    if (error instanceof BlockProblem) throw damaged(error.detail);
    throw error;
  }
}

function parseManifest(tail: Buffer, footer: Footer): Manifest {
  const content = findContent(tail);
  if (content === undefined || content.name !== 'manifest.json') throw damaged(detail('tar-header-bad'));
  const { start, size } = content;
  const end = start + size + tarPadding(size) + TAR_END.length;
  if (end !== tail.length || tail.subarray(start + size).some((byte) => byte !== 0)) {
    throw damaged(detail('tar-open'));
  }
  const manifest = parseManifestText(tail.toString('utf8', start, start + size));
  const { root } = manifest;
  if (root.offset + root.length !== footer.tailOffset || root.offset < GZIP_HEADER.length) {
    throw damaged(detail('root-place'));
  }
  if ((manifest.encryption !== null) !== footer.encrypted) throw damaged(detail('encryption-disagrees'));
  return manifest;
}

function parseManifestText(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(detail('not-json'));
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw damaged(sameInBoth(`${issue?.path.join('.')}: ${issue?.message}`));
}

/** Throws `archive.signature-invalid`. */
export function checkSignature(footer: Footer): SignatureState {
  const { signature } = footer;
  if (signature === undefined) return { signed: false };
  const { publicKey, message, bytes } = signature;
  if (!isSignedBy(publicKey, message, bytes)) throw new HoldfastError('archive.signature-invalid');
  return { signed: true, signer: Buffer.from(publicKey).toString('hex') };
}

/** Throws `archive.signer-mismatch` unless the archive is signed by this key (hex). */
export function requireSigner(signature: SignatureState, expected: string | undefined): void {
  if (expected === undefined) return;
  const found = signature.signed ? signature.signer : '—';
  if (found !== expected.toLowerCase())
    throw new HoldfastError('archive.signer-mismatch', { expected, found });
}

function damaged(problem: Text): HoldfastError {
  return new HoldfastError('archive.manifest-damaged', { problem });
}
