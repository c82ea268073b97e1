import type { Entry, Line } from '../../../shared/model/entry.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { Key } from '../../../shared/order/key.ts';
import { type ArchiveSecret, keyMissing, unlock } from '../keys/recipients.ts';
import { type BlockForm, plainForm, sealedForm } from '../layout/block-form.ts';
import type { KeyFingerprint } from '../layout/fingerprint.ts';
import type { PartRecord } from '../layout/part.ts';
import { ArchiveIndex, type IndexSeal } from './archive-index.ts';
import type { ChunkSource } from './blob.ts';
import { BlockReader } from './block-reader.ts';
import { type ByteSource, TailedSource } from './byte-source.ts';
import type { ChildrenOptions, ChildrenPage } from './children.ts';
import {
  checkSignature,
  type Ending,
  readEnding,
  readFooter,
  requireSigner,
  type SignatureState,
} from './ending.ts';
import type { ScanOptions } from './key-range.ts';
import { Layer, newLayerCache } from './layer.ts';
import { LayeredView, type RecordView } from './record-view.ts';

export interface OpenOptions {
  /** What may open an encrypted archive; without any only its manifest can be read. */
  readonly keys?: readonly ArchiveSecret[];
  /** Hex of an Ed25519 public key: an archive that it did not sign is refused. */
  readonly requireSigner?: string;
  readonly signal?: AbortSignal;
}

/** A part of the data region, for listings. Sizes are bytes. */
export type PartSummary = Pick<
  PartRecord,
  'part' | 'type' | 'generation' | 'size' | 'count' | 'first' | 'last'
>;

/** An open archive. */
export interface ArchiveReader extends RecordView {
  readonly manifest: Manifest;
  readonly signature: SignatureState;
  /** SHA-256 of the footer, hex: what an increment's `parent.footer` refers to. */
  readonly footerSha256: string;
  /** False when it is encrypted and no key was given: everything but the manifest rejects. */
  readonly unlocked: boolean;
  parts(signal?: AbortSignal): AsyncIterable<readonly PartSummary[]>;
  /** For chains: the generations, newest first; chunk locations will name this archive. */
  layers(): readonly Layer[];
  /** For chains: where chunks are read. */
  chunkSource(): ChunkSource;
}

/**
 * Opens an archive: one read of 64 KiB, and one or two more where the manifest or the root are larger.
 * Throws `archive.no-footer`, `archive.unsupported-version`, `archive.footer-damaged`, `archive.manifest-damaged`,
 * `archive.root-damaged`, `archive.signature-invalid`, `archive.signer-mismatch`, `archive.wrong-passphrase`,
 * `archive.wrong-key`, `archive.key-missing` (keys were given, none of them meant for this archive).
 */
export async function openArchive(source: ByteSource, options: OpenOptions = {}): Promise<ArchiveReader> {
  const { keys = [], signal } = options;
  const tailed = await TailedSource.open(source, signal);
  const ending = await readEnding(tailed, await readFooter(tailed, signal), signal);
  const signature = checkSignature(ending.footer);
  requireSigner(signature, options.requireSigner);
  if (ending.manifest.encryption !== null && keys.length === 0) return new LockedArchive(ending, signature);
  const content = await openContent(tailed, ending.manifest, keys, signal);
  return new OpenArchive(ending, signature, content);
}

/** What reads an archive's index and blocks. */
export interface ArchiveContent extends ChunkSource {
  readonly form: BlockForm;
  /** Only of an encrypted archive. */
  readonly seal?: IndexSeal;
}

/** Unlocks where needed and reads the root. Throws `archive.key-missing`, `archive.root-damaged` and the like. */
export async function openContent(
  source: TailedSource,
  manifest: Manifest,
  keys: readonly ArchiveSecret[],
  signal?: AbortSignal,
): Promise<ArchiveContent> {
  const seal = await openSeal(manifest, keys);
  // The level only matters to writing.
  const form = seal === undefined ? plainForm(1) : sealedForm(1, seal.dataKey, seal.archiveId);
  const index = await ArchiveIndex.open({ source, manifest, ...(seal !== undefined && { seal }) }, signal);
  return { form, index, blocks: new BlockReader(source, form), ...(seal !== undefined && { seal }) };
}

async function openSeal(manifest: Manifest, keys: readonly ArchiveSecret[]): Promise<IndexSeal | undefined> {
  if (manifest.encryption === null) return undefined;
  const dataKey = await unlock(manifest.id, manifest.encryption, keys);
  return { dataKey, archiveId: manifest.id };
}

class OpenArchive extends LayeredView implements ArchiveReader {
  readonly manifest: Manifest;
  readonly signature: SignatureState;
  readonly footerSha256: string;
  readonly unlocked = true;
  readonly #content: ArchiveContent;

  constructor({ manifest, footer }: Ending, signature: SignatureState, content: ArchiveContent) {
    super({
      layers: layersOf(content),
      keepTombstones: manifest.parent !== null,
      findChunks: (archive) => (archive === undefined || archive === manifest.id ? content : undefined),
    });
    this.manifest = manifest;
    this.signature = signature;
    this.footerSha256 = footer.sha256;
    this.#content = content;
  }

  async *parts(signal?: AbortSignal): AsyncGenerator<readonly PartSummary[]> {
    const { index } = this.#content;
    for (const page of index.root.pages.keys()) {
      const parts = await index.page(page, signal);
      yield parts.map(({ record: { frame: _frame, blocks: _blocks, of: _of, ...summary } }) => summary);
    }
  }

  layers(): readonly Layer[] {
    return layersOf(this.#content, this.manifest.id);
  }

  chunkSource(): ChunkSource {
    return this.#content;
  }
}

function layersOf({ index, blocks }: ArchiveContent, owner?: string): readonly Layer[] {
  const cache = newLayerCache();
  const parts = { index, blocks, cache, ...(owner !== undefined && { owner }) };
  return index.generations.map((generation) => new Layer(parts, generation));
}

/** An encrypted archive without a key. */
class LockedArchive implements ArchiveReader {
  readonly manifest: Manifest;
  readonly signature: SignatureState;
  readonly footerSha256: string;
  readonly unlocked = false;

  constructor({ manifest, footer }: Ending, signature: SignatureState) {
    this.manifest = manifest;
    this.signature = signature;
    this.footerSha256 = footer.sha256;
  }

  entries(_options?: ScanOptions): AsyncIterable<readonly Line[]> {
    return this.#refuse();
  }

  fingerprints(_options?: ScanOptions): AsyncIterable<readonly KeyFingerprint[]> {
    return this.#refuse();
  }

  async get(_key: Key): Promise<Line | undefined> {
    return this.#refuse();
  }

  async children(_parent: Key, _options?: ChildrenOptions): Promise<ChildrenPage> {
    return this.#refuse();
  }

  blob(_entry: Entry, _sha256: string): AsyncIterable<Uint8Array> {
    return this.#refuse();
  }

  parts(): AsyncIterable<readonly PartSummary[]> {
    return this.#refuse();
  }

  layers(): readonly Layer[] {
    return this.#refuse();
  }

  chunkSource(): ChunkSource {
    return this.#refuse();
  }

  #refuse(): never {
    if (this.manifest.encryption === null) throw new TypeError('not encrypted');
    throw keyMissing(this.manifest.encryption);
  }
}
