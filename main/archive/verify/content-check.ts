import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { combineCrc32 } from '../layout/crc-combine.ts';
import { GZIP_HEADER } from '../layout/format.ts';
import { LiveCounts } from '../layout/live-counts.ts';
import type { PartRecord } from '../layout/part.ts';
import type { ArchiveContent } from '../read/archive-reader.ts';
import { blockDamaged, describeKeys, keysOfBlock } from '../read/block-reader.ts';
import type { Ending } from '../read/ending.ts';
import { BlobCheck } from './blob-check.ts';
import { CoverCheck } from './cover-check.ts';
import type { Findings } from './findings.ts';
import type { PartProblem, PartVerdict } from './part-check.ts';
import { dataStretches, indexStretches, opaqueStretches, type Stretch } from './stretches.ts';

/** Puts the verdicts on single parts together and checks all that concerns several. Feed it in file order. */
export class ContentCheck {
  readonly #ending: Ending;
  readonly #content: ArchiveContent;
  readonly #findings: Findings;
  readonly #counts: LiveCounts;
  readonly #blobs: BlobCheck;
  readonly #cover: CoverCheck;
  readonly #lastKeys = new Map<number, Key>();
  /** The record part whose fingerprints must come next, and their digest if it is known. */
  #due: { readonly record: PartRecord; readonly digest: string | undefined } | undefined;
  #crc = 0;
  #inflated = 0;
  #generations = 1;

  constructor(ending: Ending, content: ArchiveContent, findings: Findings) {
    const { id, generations } = ending.manifest;
    this.#ending = ending;
    this.#content = content;
    this.#findings = findings;
    this.#counts = new LiveCounts(id, { singlePass: generations === 1 });
    this.#blobs = new BlobCheck(findings);
    this.#cover = new CoverCheck(ending, content);
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

  check(stretch: Stretch, bytes: Buffer, verdicts: readonly PartVerdict[]): void {
    const { root } = this.#ending.manifest;
    for (const [i, { record }] of (stretch.parts ?? []).entries()) {
      const verdict = verdicts[i];
      if (verdict !== undefined) this.#checkPart(record, verdict);
    }
    if (stretch.index !== undefined) {
      this.#nothingDue();
      const { inflated, crc, problems } = this.#cover.indexPart(bytes, stretch.index);
      this.#extend(crc, inflated);
      for (const { part, problem } of problems) this.#reportFrame(part, problem);
    } else if (stretch.parts === undefined && stretch.offset > 0 && stretch.offset < root.offset) {
      // What a damaged page lists cannot be told: fingerprints that are due may be there.
      this.#due = undefined;
    }
  }

  /** What can only be said at the end. */
  async finish(signal?: AbortSignal): Promise<void> {
    this.#nothingDue();
    const { inflated, crc, problems } = this.#cover.tail();
    this.#extend(crc, inflated);
    for (const { part, problem } of problems) this.#reportFrame(part, problem);
    await this.#blobs.finish(this.#content, signal);
    // Sums over damaged parts say nothing.
    if (!this.#findings.isEmpty) return;
    this.#checkTrailer();
    this.#checkCounts();
  }

  #checkPart(record: PartRecord, verdict: PartVerdict): void {
    for (const problem of verdict.problems) this.#reportProblem(record, problem);
    this.#extend(verdict.crc, verdict.inflated);
    if (record.type === 'fingerprints') this.#checkFingerprints(record, verdict);
    else this.#nothingDue();
    if (record.type === 'blob' && verdict.chunk !== undefined) this.#blobs.chunk(record.part, verdict.chunk);
    if (record.type === 'records' || record.type === 'overlay') this.#checkRecords(record, verdict);
  }

  #checkRecords(
    record: PartRecord,
    { keys, counts, entriesWithBlobs = [], fingerprints }: PartVerdict,
  ): void {
    const { generation } = record;
    this.#due = { record, digest: fingerprints };
    this.#generations = Math.max(this.#generations, generation + 1);
    if (keys === undefined) return;
    const [first, last] = keys.map((text): Key => JSON.parse(text));
    const previous = this.#lastKeys.get(generation);
    if (previous !== undefined && first !== undefined && compareKeys(previous, first) >= 0) {
      this.#reportProblem(record, { area: 'lines', problem: detail('keys-out-of-order') });
    }
    if (last !== undefined) this.#lastKeys.set(generation, last);
    if (counts !== undefined) this.#counts.absorb(counts);
    for (const entry of entriesWithBlobs) this.#blobs.references(entry);
  }

  #checkFingerprints(record: PartRecord, verdict: PartVerdict): void {
    const due = this.#due;
    this.#due = undefined;
    if (due === undefined || record.of !== due.record.part || record.generation !== due.record.generation) {
      this.#reportFingerprints(record, detail('fingerprints-misplaced'));
    } else if (due.digest !== undefined && verdict.fingerprints !== undefined) {
      const isSame = due.digest === verdict.fingerprints && record.count === due.record.count;
      if (!isSame) this.#reportFingerprints(record, detail('fingerprints-differ'));
    }
  }

  #nothingDue(): void {
    if (this.#due === undefined) return;
    this.#reportFingerprints(this.#due.record, detail('fingerprints-missing'));
    this.#due = undefined;
  }

  #checkTrailer(): void {
    const { tail } = this.#ending;
    const report = (problem: Text) =>
      this.#findings.add({ area: 'trailer' }, new HoldfastError('archive.trailer-damaged', { problem }));
    if (this.#crc !== tail.crc) report(detail('crc-differs'));
    if (this.#inflated % 2 ** 32 !== tail.length) report(detail('length-differs'));
  }

  #checkCounts(): void {
    const { manifest } = this.#ending;
    const { counts, tombstones } = this.#counts.finish();
    const report = (problem: Text) =>
      this.#findings.add({ area: 'counts' }, new HoldfastError('archive.counts-wrong', { problem }));
    const differing = differingKind(counts, manifest.counts);
    if (differing !== undefined) report(detail('count-of-kind', { kind: differing }));
    if (tombstones !== manifest.tombstones) report(detail('count-of-tombstones'));
    if (this.#generations !== manifest.generations) report(detail('count-of-generations'));
    if (this.#blobs.chunks !== manifest.blobs.chunks || this.#blobs.bytes !== manifest.blobs.bytes)
      report(detail('count-of-blobs'));
  }

  #extend(crc: number, inflated: number): void {
    this.#crc = combineCrc32(this.#crc, crc, inflated);
    this.#inflated += inflated;
  }

  #reportProblem(record: PartRecord, { area, block, problem }: PartProblem): void {
    const { part } = record;
    if (area === 'frame') this.#reportFrame(part, problem);
    else if (area === 'block' && block !== undefined) {
      const [from, to] = keysOfBlock(record, block);
      const place = { area, part, block, ...(from && { from }), ...(to && { to }) };
      this.#findings.add(place, blockDamaged(record, block, problem));
    } else {
      const keys = describeKeys(record.first, record.last);
      const error = new HoldfastError('archive.lines-invalid', { part, keys, problem });
      this.#findings.add({ area: 'lines', ...placeOf(record) }, error);
    }
  }

  #reportFrame(part: number, problem: Text): void {
    this.#findings.add(
      { area: 'frame', part },
      new HoldfastError('archive.frame-damaged', { part, problem }),
    );
  }

  #reportFingerprints(record: PartRecord, problem: Text): void {
    const keys = describeKeys(record.first, record.last);
    const error = new HoldfastError('archive.fingerprints-wrong', { part: record.part, keys, problem });
    this.#findings.add({ area: 'fingerprints', ...placeOf(record) }, error);
  }
}

function placeOf({ part, first, last }: PartRecord) {
  return { part, ...(first && { from: first }), ...(last && { to: last }) };
}

function differingKind(found: Manifest['counts'], said: Manifest['counts']): string | undefined {
  return Object.keys({ ...found, ...said }).find((kind) => {
    const [a, b] = [found[kind], said[kind]];
    return a?.entries !== b?.entries || a?.bytes !== b?.bytes;
  });
}
