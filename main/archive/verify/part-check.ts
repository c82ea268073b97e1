import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { type BlockForm, type OpenedBlock, plainForm, sealedForm } from '../layout/block-form.ts';
import { encodeKeyLine } from '../layout/fingerprint.ts';
import { TAR_BLOCK } from '../layout/format.ts';
import { LineProblem } from '../layout/line.ts';
import { type CountsSnapshot, LiveCounts } from '../layout/live-counts.ts';
import { BlockProblem, inflateBlockNow } from '../layout/outer-block.ts';
import { type BlockRecord, type PartRecord, partName } from '../layout/part.ts';
import { encodeTarHeader, findContent } from '../layout/tar-header.ts';
import { scanRecords } from './record-scan.ts';

/** What is the same for every part of an archive. Can be cloned to another thread. */
export interface ArchiveFacts {
  readonly archiveId: string;
  /** Only in an encrypted archive. */
  readonly dataKey?: Uint8Array;
  /** mtime of every tar header: seconds since 1970. */
  readonly modified: number;
  readonly singlePass: boolean;
}

/** One part to check. */
export interface PartJob {
  readonly record: PartRecord;
  /** From the frame to the end of the last block. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the frame must begin with, if that is known. */
  readonly padding?: number;
}

export interface PartProblem {
  readonly area: 'frame' | 'block' | 'lines';
  readonly block?: number;
  readonly problem: Text;
}

/** What came of checking one part. Can be cloned from another thread. */
export interface PartVerdict {
  readonly problems: readonly PartProblem[];
  /** CRC-32 and length of everything inflated, as far as it could be. */
  readonly crc: number;
  readonly inflated: number;
  /** Of records: JSON texts of the first and last key. */
  readonly keys?: readonly [first: string, last: string];
  /** SHA-256 of fingerprint text: what records call for, what fingerprints are. Absent where blocks are damaged. */
  readonly fingerprints?: string;
  readonly counts?: CountsSnapshot;
  readonly entriesWithBlobs?: readonly Entry[];
  /** Of a blob part that is whole. */
  readonly chunk?: { readonly sha256: string; readonly size: number };
}

/** Checks parts one by one: hashes, sizes, tar header, lines. Knows nothing of other parts. */
export class PartCheck {
  readonly #facts: ArchiveFacts;
  readonly #form: BlockForm;

  constructor(facts: ArchiveFacts) {
    this.#facts = facts;
    const { dataKey, archiveId } = facts;
    // The level only matters to writing.
    this.#form = dataKey === undefined ? plainForm(1) : sealedForm(1, dataKey, archiveId);
  }

  check(job: PartJob): PartVerdict {
    const { record } = job;
    const problems: PartProblem[] = [];
    const { frame, blocks } = this.#open(job, problems);
    const inflated = [frame, ...blocks.map((block) => block?.content)].filter((bytes) => bytes !== undefined);
    // Before the lines are looked at, which spends their bytes.
    const crc = inflated.reduce((sum, bytes) => crc32(bytes, sum), 0);
    const plain = blocks.map((block) => block?.plain);
    const content = this.#checkContent(record, plain, problems);
    this.#checkFrame(job, frame, blocks, content.chunk?.sha256, problems);
    return {
      problems,
      crc,
      inflated: inflated.reduce((sum, bytes) => sum + bytes.length, 0),
      ...content,
    };
  }

  #open({ record, bytes }: PartJob, problems: PartProblem[]) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    const next = <T>(block: BlockRecord, open: (outer: Buffer) => T, where: Omit<PartProblem, 'problem'>) => {
      const outer = file.subarray(at, at + block.length);
      at += block.length;
      return attempt(outer, block, open, (problem) => problems.push({ ...where, problem }));
    };
    const frame = next(record.frame, (outer) => inflateBlockNow(outer, record.frame.plain), {
      area: 'frame',
    });
    const blocks = record.blocks.map((block, i) => {
      const open = (outer: Buffer) => this.#form.openNow(outer, block.plain, record.part, i);
      return next(block, open, { area: 'block', block: i });
    });
    return { frame, blocks };
  }

  #checkContent(
    record: PartRecord,
    blocks: readonly (Buffer | undefined)[],
    problems: PartProblem[],
  ): Pick<PartVerdict, 'keys' | 'fingerprints' | 'counts' | 'entriesWithBlobs' | 'chunk'> {
    const whole = blocks.filter((block) => block !== undefined);
    const isWhole = whole.length === blocks.length;
    if (record.type === 'blob') return isWhole ? { chunk: chunkOf(whole) } : {};
    if (record.type === 'fingerprints') {
      if (!isWhole) return {};
      if (!hasFirstKeys(record, whole)) problems.push({ area: 'lines', problem: detail('block-key') });
      return { fingerprints: digest(whole, 'base64url') };
    }
    const { archiveId, singlePass } = this.#facts;
    const counts = new LiveCounts(archiveId, { singlePass });
    try {
      const scan = scanRecords(record, blocks, counts);
      if (scan === undefined) return {};
      const { firstKey, lastKey, fingerprints, entriesWithBlobs } = scan;
      return {
        keys: [firstKey, lastKey],
        ...(fingerprints !== undefined && { fingerprints }),
        counts: counts.snapshot(),
        entriesWithBlobs,
      };
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      problems.push({ area: 'lines', problem: error.detail });
      return {};
    }
  }

  #checkFrame(
    { record, padding }: PartJob,
    frame: Buffer | undefined,
    blocks: readonly (OpenedBlock | undefined)[],
    chunk: string | undefined,
    problems: PartProblem[],
  ): void {
    const { part, type, generation, size } = record;
    if (frame !== undefined) {
      const inHeader = findContent(frame)?.name.match(/[0-9a-f]{64}/)?.[0];
      const name = partName(part, type, generation, this.#form.sealed, chunk ?? inHeader);
      const problem = frameProblem(frame, name, size, this.#facts.modified, padding);
      if (problem !== undefined) problems.push({ area: 'frame', problem });
    }
    const whole = blocks.filter((block) => block !== undefined);
    const content = whole.reduce((sum, block) => sum + block.content.length, 0);
    if (whole.length === blocks.length && content !== size) {
      problems.push({ area: 'frame', problem: detail('frame-size', { size, content }) });
    }
  }
}

/** What is wrong with inflated bytes that should be padding and then the header of this part. */
export function frameProblem(
  frame: Buffer,
  name: string,
  size: number,
  modified: number,
  padding: number | undefined,
): Text | undefined {
  const before = frame.length - TAR_BLOCK;
  if (before < 0 || !frame.subarray(before).equals(encodeTarHeader(name, size, modified))) {
    return detail('frame-elsewhere');
  }
  const isPadding = before === (padding ?? before) && !frame.subarray(0, before).some((byte) => byte !== 0);
  return isPadding ? undefined : detail('frame-padding');
}

function attempt<T>(
  outer: Buffer,
  block: BlockRecord,
  open: (outer: Buffer) => T,
  report: (problem: Text) => void,
): T | undefined {
  try {
    if (hash('sha256', outer, 'base64url') !== block.sha256) throw new BlockProblem(detail('hash-wrong'));
    return open(outer);
  } catch (error) {
    if (!(error instanceof BlockProblem)) throw error;
    report(error.detail);
    return undefined;
  }
}

function chunkOf(blocks: readonly Buffer[]): { readonly sha256: string; readonly size: number } {
  return { sha256: digest(blocks, 'hex'), size: blocks.reduce((sum, block) => sum + block.length, 0) };
}

function digest(blocks: readonly Buffer[], encoding: 'hex' | 'base64url'): string {
  const sha256 = createHash('sha256');
  for (const block of blocks) sha256.update(block);
  return sha256.digest(encoding);
}

function hasFirstKeys(record: PartRecord, blocks: readonly Buffer[]): boolean {
  return blocks.every((block, i) => {
    const first = record.blocks[i]?.first;
    if (!first) return true;
    const start = Buffer.from(encodeKeyLine(JSON.stringify(first)));
    return block.subarray(0, start.length).equals(start);
  });
}
