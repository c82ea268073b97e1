/**
 * The archive format of `docs/archive-format.md`: a tar.gz that any tool opens, and that this library seeks in,
 * verifies, decrypts, merges and compares. Everything else imports from here only.
 *
 * - `write/` turns lines and blobs into a stream of bytes: lines → blocks (compressed on libuv's pool) → parts →
 *   the file, with the index growing beside it.
 * - `read/` goes the other way by range reads: ending → root → pages → blocks. A *layer* is one generation of one
 *   archive; every view, of an archive or of a chain, is layers merged.
 * - `verify/` walks the whole file once and checks all that the format promises.
 * - `layout/` knows bytes and texts, `keys/` encryption and signatures; both know nothing of streams.
 */
export { type ChainReader, openChain } from './chain.ts';
export { type CompareOptions, compareArchives, type Difference } from './compare.ts';
export { type ForeignEntry, type ForeignLimits, listForeign } from './foreign.ts';
export { createKeyFile, type KeyFile, keyId, parseKeyFile, type RandomBytes } from './keys/key-file.ts';
export { type ArchiveSecret, createSeal, type Seal } from './keys/recipients.ts';
export { createSigningKey, type Signer, signerOf } from './keys/signing.ts';
export { fingerprintOf, type KeyFingerprint } from './layout/fingerprint.ts';
export {
  type ArchiveNameFacts,
  archiveFileName,
  checksumDigest,
  checksumLine,
  type RecognisedName,
  recogniseName,
  taskDirectoryName,
} from './names.ts';
export {
  type ArchiveReader,
  type OpenOptions,
  openArchive,
  type PartSummary,
} from './read/archive-reader.ts';
export type { ByteSource } from './read/byte-source.ts';
export type { Child, ChildrenOptions, ChildrenPage } from './read/children.ts';
export type { SignatureState } from './read/ending.ts';
export type { ScanOptions } from './read/key-range.ts';
export type { RecordView } from './read/record-view.ts';
export type { Finding, Place } from './verify/findings.ts';
export { type VerifyOptions, type VerifyReport, verifyArchive } from './verify/verify-archive.ts';
export {
  type ArchiveWriter,
  type FinishedArchive,
  openArchiveWriter,
  type WriterOptions,
} from './write/archive-writer.ts';
export type { StoredBlob } from './write/blob-store.ts';
