import { crc32 } from 'node:zlib';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import { FRAME_LIMIT, GZIP_HEADER, PAGE_LIMIT, ROOT_LIMIT, TAR_BLOCK, tarPadding } from '../layout/format.ts';
import { LiveCounts } from '../layout/live-counts.ts';
import { BlockProblem, inflateRun } from '../layout/outer-block.ts';
import { type PartRecord, partName } from '../layout/part.ts';
import { encodeTarHeader, findContent } from '../layout/tar-header.ts';
import type { ArchiveContent } from '../read/archive-reader.ts';
import { blockDamaged, keysOfBlock } from '../read/block-reader.ts';
import type { Ending } from '../read/ending.ts';
import { BlobCheck } from './blob-check.ts';
import type { Findings } from './findings.ts';
import { type OpenedPart, openPart } from './opened-part.ts';
import { RecordCheck } from './record-check.ts';
import { dataStretches, indexStretches, opaqueStretches, type Stretch } from './stretches.ts';

/** A stretch whose parts have been opened. */
export interface OpenedStretch {
  readonly stretch: Stretch;
  readonly bytes: Buffer;
  readonly parts: readonly OpenedPart[];
}

/** Checks everything inside an archive whose root could be read. Feed it every stretch, in order. */
export class ContentCheck {
  readonly #ending: Ending;
  readonly #content: ArchiveContent;
  readonly #findings: Findings;
  readonly #counts: LiveCounts;
  readonly #blobs: BlobCheck;
  readonly #records: RecordCheck;
  #crc = 0;
  #inflated = 0;
  /** Padding that the next frame must begin with; undefined behind a gap. */
  #padding: number | undefined = 0;

  constructor(ending: Ending, content: ArchiveContent, findings: Findings) {
    const { id, generations } = ending.manifest;
    this.#ending = ending;
    this.#content = content;
    this.#findings = findings;
    this.#counts = new LiveCounts(id, { singlePass: generations === 1 });
    this.#blobs = new BlobCheck(findings);
    this.#records = new RecordCheck(findings, this.#counts, this.#blobs);
  }

  /** Stretches that tile the file. */
  async *stretches(fileSize: number, signal?: AbortSignal): AsyncGenerator<Stretch> {
    const { index } = this.#content;
    const { root } = this.#ending.manifest;
    yield { offset: 0, length: GZIP_HEADER.length };
    yield* dataStretches(index, this.#findings, signal);
    yield* indexStretches(index, root);
    yield* opaqueStretches(root.offset + root.length, fileSize);
  }

  /** The slow half, for several stretches at a time. */
  async open(stretch: Stretch, bytes: Buffer): Promise<OpenedStretch> {
    const { parts = [], offset } = stretch;
    const opened = parts.map((part) => openPart(part, bytes, offset, this.#content.form));
    return { stretch, bytes, parts: await Promise.all(opened) };
  }

  /** The quick half, in file order. */
  check({ stretch, bytes, parts }: OpenedStretch): void {
    const { root } = this.#ending.manifest;
    if (stretch.index !== undefined) this.#checkIndexPart(bytes, stretch.index);
    else if (parts.length > 0) for (const part of parts) this.#checkPart(part);
    else if (stretch.offset > 0 && stretch.offset < root.offset) this.#gap();
  }

  /** What can only be said at the end. */
  async finish(signal?: AbortSignal): Promise<void> {
    this.#records.noFingerprintsDue();
    this.#checkTail();
    await this.#blobs.finish(this.#content, signal);
    if (this.#findings.isEmpty) this.#checkCounts();
  }

  #checkPart({ record, frame, blocks }: OpenedPart): void {
    const { part, type } = record;
    const plain = blocks.map((block, i) => {
      if (!(block instanceof BlockProblem)) return block.plain;
      const [from, to] = keysOfBlock(record, i);
      const place = { area: 'block', part, block: i, ...(from && { from }), ...(to && { to }) } as const;
      this.#findings.add(place, blockDamaged(record, i, block.message));
      return undefined;
    });
    const whole = plain.filter((block) => block !== undefined);
    const isWhole = whole.length === blocks.length;
    const chunk = type === 'blob' && isWhole ? this.#blobs.chunk(part, whole) : undefined;
    this.#checkFrame(record, frame, blocks, chunk);
    if (type === 'fingerprints') this.#records.fingerprints(record, plain);
    else if (type === 'blob') this.#records.noFingerprintsDue();
    else this.#records.records(record, plain);
  }

  #checkFrame(
    record: PartRecord,
    frame: OpenedPart['frame'],
    blocks: OpenedPart['blocks'],
    chunk: string | undefined,
  ): void {
    const { part, type, generation, size } = record;
    if (frame instanceof BlockProblem) this.#reportFrame(part, frame.message);
    else {
      this.#extend(frame.content);
      const inHeader = findContent(frame.content)?.name.match(/[0-9a-f]{64}/)?.[0];
      const name = partName(part, type, generation, this.#content.form.sealed, chunk ?? inHeader);
      const problem = this.#frameProblem(frame.content, name, size);
      if (problem !== undefined) this.#reportFrame(part, problem);
    }
    let content = 0;
    let isWhole = true;
    for (const block of blocks) {
      if (block instanceof BlockProblem) isWhole = false;
      else {
        this.#extend(block.content);
        content += block.content.length;
      }
    }
    if (isWhole && content !== size) this.#reportFrame(part, `it says ${size} bytes and ${content} follow`);
    this.#padding = tarPadding(size);
  }

  /** What is wrong with inflated bytes that should be padding and this header. */
  #frameProblem(frame: Buffer, name: string, size: number): string | undefined {
    const padding = frame.length - TAR_BLOCK;
    const header = encodeTarHeader(name, size, Math.floor(Date.parse(this.#ending.manifest.created) / 1000));
    if (!frame.subarray(padding).equals(header)) return 'it is not the one that belongs here';
    const isPadding =
      padding === (this.#padding ?? padding) && !frame.subarray(0, padding).some((byte) => byte !== 0);
    return isPadding ? undefined : 'the padding before it is wrong';
  }

  #checkIndexPart(bytes: Buffer, index: number | 'root'): void {
    this.#records.noFingerprintsDue();
    const { root } = this.#ending.manifest;
    const part = index === 'root' ? root.part : this.#content.index.root.parts + index;
    const limit = (index === 'root' ? ROOT_LIMIT : PAGE_LIMIT) + FRAME_LIMIT;
    try {
      const inflated = inflateRun(bytes, limit);
      this.#extend(inflated);
      const content = findContent(inflated);
      const size = content?.size ?? 0;
      const frame = inflated.subarray(0, content?.start ?? 0);
      const name = partName(part, index === 'root' ? 'root' : 'page', 0, this.#content.form.sealed);
      const problem = this.#frameProblem(frame, name, size);
      if (problem !== undefined) this.#reportFrame(part, problem);
      this.#padding = tarPadding(size);
    } catch (error) {
      // A page that does not inflate has been reported when it was read.
      if (!(error instanceof BlockProblem)) throw error;
      this.#gap();
    }
  }

  #checkTail(): void {
    const { tail, manifest } = this.#ending;
    const content = findContent(tail.inflated);
    const frame = tail.inflated.subarray(0, content?.start ?? 0);
    const problem = this.#frameProblem(frame, 'manifest.json', content?.size ?? 0);
    if (problem !== undefined) this.#reportFrame(manifest.root.part + 1, problem);
    this.#extend(tail.inflated);
    if (!this.#findings.isEmpty) return;
    const report = (problem: string) =>
      this.#findings.add({ area: 'trailer' }, new HoldfastError('archive.trailer-damaged', { problem }));
    if (this.#crc !== tail.crc) report('the CRC-32 differs');
    if (this.#inflated % 2 ** 32 !== tail.length) report('the length differs');
  }

  #checkCounts(): void {
    const { manifest } = this.#ending;
    const { counts, tombstones } = this.#counts.finish();
    const report = (problem: string) =>
      this.#findings.add({ area: 'counts' }, new HoldfastError('archive.counts-wrong', { problem }));
    const differing = differingKind(counts, manifest.counts);
    if (differing !== undefined) report(`entries of kind ${differing}`);
    if (tombstones !== manifest.tombstones) report('tombstones');
    if (this.#records.generations !== manifest.generations) report('generations');
    if (this.#blobs.chunks !== manifest.blobs.chunks || this.#blobs.bytes !== manifest.blobs.bytes)
      report('blobs');
  }

  #extend(inflated: Buffer): void {
    this.#crc = crc32(inflated, this.#crc);
    this.#inflated += inflated.length;
  }

  #gap(): void {
    this.#padding = undefined;
    this.#records.gap();
  }

  #reportFrame(part: number, problem: string): void {
    this.#findings.add(
      { area: 'frame', part },
      new HoldfastError('archive.frame-damaged', { part, problem }),
    );
  }
}

function differingKind(found: Manifest['counts'], said: Manifest['counts']): string | undefined {
  return Object.keys({ ...found, ...said }).find((kind) => {
    const [a, b] = [found[kind], said[kind]];
    return a?.entries !== b?.entries || a?.bytes !== b?.bytes;
  });
}
