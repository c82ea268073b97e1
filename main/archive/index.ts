import type { HoldfastError } from '../../shared/errors/error.ts';
import type { BlobName, ChunkLocation, Entry, JsonObject, Line } from '../../shared/model/entry.ts';
import type { Encryption, KindCount, Manifest, ManifestFacts } from '../../shared/model/manifest.ts';
import type { Key } from '../../shared/order/key.ts';

// SIGNATURES ONLY for the moment: bodies follow; every name below keeps its shape.

/** Random bytes; inject a deterministic one in tests. */
export type RandomBytes = (length: number) => Uint8Array;

// ---- writing
export interface WriterOptions {
  /** 32 hex digits, random. */
  readonly id: string;
  /** When the capture began. */
  readonly created: Date;
  /** Deflate level 1–9; 6 unless given. */
  readonly level?: number;
  /** True when only generation 0 will be put: saves 14 bytes of memory a line. */
  readonly singlePass?: boolean;
  readonly seal?: Seal;
  readonly signer?: Signer;
  /** Where a chunk already lies in another archive of the chain; its location then has that archive's id. */
  readonly sharedChunk?: (sha256: string) => ChunkLocation | undefined;
}
export interface StoredBlob {
  readonly name: BlobName;
  readonly chunks: readonly ChunkLocation[];
}
export interface FinishedArchive {
  readonly manifest: Manifest;
  /** Hex. What an increment's `parent.footer` refers to. */
  readonly footerSha256: string;
  /** Of the whole file, hex. */
  readonly sha256: string;
  readonly md5: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly counts: { readonly [kind: string]: KindCount };
}
export interface ArchiveWriter {
  /** The file; read it once. Stopping early aborts the writer. */
  readonly bytes: AsyncIterable<Uint8Array>;
  put(line: Line, generation?: number): void | Promise<void>;
  blob(chunks: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredBlob>;
  finish(facts: ManifestFacts): Promise<FinishedArchive>;
  abort(error: unknown): void;
}
export declare function openArchiveWriter(options: WriterOptions): ArchiveWriter;
/** The fingerprint that the writer gives this entry (12 characters): equal content, equal fingerprint. */
export declare function fingerprintOf(entry: Entry): string;

// ---- keys
export interface Seal {
  readonly dataKey: Uint8Array;
  readonly encryption: Encryption;
}
export type ArchiveSecret =
  | { readonly type: 'passphrase'; readonly passphrase: string }
  | { readonly type: 'key'; readonly key: Uint8Array };
export interface Signer {
  /** Ed25519 seed, 32 bytes. */
  readonly privateKey: Uint8Array;
}
export declare function createSeal(
  archiveId: string,
  secrets: readonly ArchiveSecret[],
  random?: RandomBytes,
): Promise<Seal>;
/** Text of a new key file, its key (32 bytes) and the key's id. */
export declare function createKeyFile(random?: RandomBytes): {
  readonly text: string;
  readonly key: Uint8Array;
  readonly id: string;
};
export declare function parseKeyFile(text: string): Uint8Array;
export declare function keyId(key: Uint8Array): string;
export declare function createSigningKey(random?: RandomBytes): {
  readonly privateKey: Uint8Array;
  readonly publicKey: string;
};
/** Hex of the Ed25519 public key. */
export declare function signerOf(privateKey: Uint8Array): string;

// ---- reading
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}
export interface OpenOptions {
  readonly keys?: readonly ArchiveSecret[];
  /** Hex of an Ed25519 public key: anything not signed by it is refused. */
  readonly requireSigner?: string;
  readonly signal?: AbortSignal;
}
export interface ScanOptions {
  /** This key and what is below it. */
  readonly prefix?: Key;
  /** Only keys that come after this one. */
  readonly after?: Key;
  readonly signal?: AbortSignal;
}
export interface Child {
  readonly name: string;
  readonly key: Key;
  /** Absent when only descendants of it are in the archive. */
  readonly entry?: Line;
  readonly hasChildren: boolean;
}
export interface ChildrenPage {
  readonly children: readonly Child[];
  /** Give it as `after` to go on; absent on the last page. */
  readonly next?: string;
}
export interface KeyFingerprint {
  readonly key: Key;
  /** Null: a tombstone (only in an increment read by itself). */
  readonly fingerprint: string | null;
}
/** What an archive and a chain of archives can both be asked. Tombstones come out only of a lone increment. */
export interface RecordView {
  entries(options?: ScanOptions): AsyncIterable<readonly Line[]>;
  get(key: Key, signal?: AbortSignal): Promise<Line | undefined>;
  children(
    parent: Key,
    options?: { readonly after?: string; readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<ChildrenPage>;
  fingerprints(options?: ScanOptions): AsyncIterable<readonly KeyFingerprint[]>;
  blob(entry: Entry, sha256: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}
export type SignatureState = { readonly signed: false } | { readonly signed: true; readonly signer: string };
export interface PartSummary {
  readonly part: number;
  readonly type: 'records' | 'overlay' | 'fingerprints' | 'blob';
  readonly generation: number;
  readonly size: number;
  readonly count: number;
  readonly first?: Key;
  readonly last?: Key;
}
export interface ArchiveReader extends RecordView {
  readonly manifest: Manifest;
  readonly signature: SignatureState;
  readonly footerSha256: string;
  /** False: encrypted and no key was given; only `manifest`, `signature` and `footerSha256` can be had. */
  readonly unlocked: boolean;
  parts(signal?: AbortSignal): AsyncIterable<readonly PartSummary[]>;
}
export declare function openArchive(source: ByteSource, options?: OpenOptions): Promise<ArchiveReader>;
export interface ChainReader extends RecordView {
  readonly archives: readonly ArchiveReader[];
}
/** A full archive and its increments, oldest first. Checks ids and footers. */
export declare function openChain(archives: readonly ArchiveReader[]): ChainReader;

// ---- verifying
export interface Place {
  readonly area:
    | 'file'
    | 'header'
    | 'frame'
    | 'block'
    | 'lines'
    | 'blob'
    | 'page'
    | 'root'
    | 'manifest'
    | 'footer'
    | 'trailer'
    | 'counts'
    | 'signature';
  readonly part?: number;
  readonly block?: number;
  readonly from?: Key;
  readonly to?: Key;
}
export interface Finding {
  readonly at: Place;
  readonly error: HoldfastError;
}
export interface VerifyOptions {
  readonly level: 'file' | 'content';
  readonly keys?: readonly ArchiveSecret[];
  readonly requireSigner?: string;
  /** What stands beside the file and in the catalog. */
  readonly expected?: { readonly sha256?: string; readonly md5?: string; readonly size?: number };
  /** Bytes of the file. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}
export interface VerifyReport {
  readonly ok: boolean;
  readonly level: 'file' | 'content';
  /** At most 100. */
  readonly findings: readonly Finding[];
  /** Findings beyond those kept. */
  readonly more: number;
  readonly manifest?: Manifest;
  readonly signature?: SignatureState;
  readonly size: number;
  readonly sha256: string;
  readonly md5: string;
}
/** Never throws for what is wrong with the archive's bytes, only for cancellation, a failing source and keys. */
export declare function verifyArchive(source: ByteSource, options: VerifyOptions): Promise<VerifyReport>;

// ---- comparing
export interface Difference {
  readonly key: Key;
  readonly change: 'added' | 'removed' | 'changed';
  /** Only with `attach`. */
  readonly before?: Line;
  readonly after?: Line;
}
export declare function compareArchives(
  before: RecordView,
  after: RecordView,
  options?: { readonly prefix?: Key; readonly attach?: boolean; readonly signal?: AbortSignal },
): AsyncIterable<readonly Difference[]>;

// ---- names and foreign archives
export interface RecognisedName {
  readonly form: 'versioned' | 'unversioned' | 'prefix';
  readonly version?: string;
  /** Data source, or the prefix. */
  readonly name: string;
  readonly time: Date;
}
export declare function recogniseName(fileName: string): RecognisedName | undefined;
/** `copy` 2, 3, … when the name is taken. */
export declare function archiveFileName(facts: {
  readonly version: string | null;
  readonly dataSource: string;
  readonly time: Date;
  readonly copy?: number;
}): string;
export declare function taskDirectoryName(taskName: string, created: Date): string;
/** The line that `sha256sum` and `md5sum` write. */
export declare function checksumLine(digest: string, fileName: string): string;
export interface ForeignEntry {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly modified?: Date;
  readonly linkTarget?: string;
  /** Why it must not be extracted as it stands. */
  readonly hostile?: 'absolute' | 'parent' | 'link' | 'device';
}
export interface ForeignLimits {
  readonly entries?: number;
  readonly inflatedBytes?: number;
  readonly ratio?: number;
}
export declare function listForeign(
  bytes: AsyncIterable<Uint8Array>,
  limits?: ForeignLimits,
  signal?: AbortSignal,
): AsyncIterable<readonly ForeignEntry[]>;
export type { JsonObject };
