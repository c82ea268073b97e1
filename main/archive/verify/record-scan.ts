import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { detail } from '../../../shared/messages/details.ts';
import { type Entry, isTombstone } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { encodeKeyLine, FingerprintList } from '../layout/fingerprint.ts';
import { decodeLine, LineProblem } from '../layout/line.ts';
import type { LiveCounts } from '../layout/live-counts.ts';
import type { PartRecord } from '../layout/part.ts';
import { KeyOrder } from './key-order.ts';
import { digestOfLine, digestOfLineInPlace, scanLine } from './line-scanner.ts';

/** What the lines of one record part say. */
export interface RecordScan {
  /** JSON texts of the first and the last key. */
  readonly firstKey: string;
  readonly lastKey: string;
  /** SHA-256 of what its fingerprint part must hold; undefined when a block was damaged. */
  readonly fingerprints?: string;
  /** Entries that say where blobs are. */
  readonly entriesWithBlobs: readonly Entry[];
}

/**
 * Goes through the lines of one record part. `blocks` are plain texts, undefined where one is damaged;
 * their bytes are spent.
 * Throws {@link LineProblem} at the first line that the format does not allow.
 */
export function scanRecords(
  record: PartRecord,
  blocks: readonly (Buffer | undefined)[],
  counts: LiveCounts,
): RecordScan | undefined {
  const scanner = new Scanner(record, counts);
  let isWhole = true;
  for (const { bytes, first } of runsOf(record, blocks)) {
    if (bytes === undefined) isWhole = false;
    else scanner.scan(bytes, first);
  }
  return scanner.finish(isWhole);
}

class Scanner {
  readonly #record: PartRecord;
  readonly #counts: LiveCounts;
  readonly #order = new KeyOrder();
  readonly #fingerprints = new FingerprintList();
  readonly #fingerprintPart = createHash('sha256');
  readonly #entriesWithBlobs: Entry[] = [];
  #firstKey: string | undefined;
  #count = 0;

  constructor(record: PartRecord, counts: LiveCounts) {
    this.#record = record;
    this.#counts = counts;
  }

  scan(bytes: Buffer, first: Key): void {
    const ascii = isAscii(bytes);
    if (!ascii && !isUtf8(bytes)) throw new LineProblem(detail('line-not-utf8'));
    const text = bytes.toString(ascii ? 'latin1' : 'utf8');
    let keyLines = '';
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      if (end < 0) throw new LineProblem(detail('line-cut-off'));
      const line = scanLine(text, at, end);
      this.#order.next(line.keyText, ascii);
      if (at === 0 && !sameKey(this.#order.last, first)) throw new LineProblem(detail('block-key'));
      this.#firstKey ??= line.keyText;
      keyLines += encodeKeyLine(line.keyText);
      this.#fingerprints.push(ascii ? digestOfLineInPlace(line, bytes) : digestOfLine(line));
      const size = ascii ? line.content.length : Buffer.byteLength(line.content);
      this.#counts.add(this.#record.generation, line.keyText, line.kind, size);
      if (line.mayHaveBlobs) this.#noteBlobs(text.slice(at, end));
      this.#count++;
      at = end + 1;
    }
    this.#fingerprintPart.update(keyLines);
  }

  finish(isWhole: boolean): RecordScan | undefined {
    const { count, first, last, blocks } = this.#record;
    const lastKey = this.#order.lastText;
    if (isWhole) {
      if (this.#count !== count)
        throw new LineProblem(detail('line-count', { found: this.#count, due: count }));
      if (!sameKey(this.#order.last, last) || !sameKey(first, blocks[0]?.first)) {
        throw new LineProblem(detail('end-keys'));
      }
    }
    if (this.#firstKey === undefined || lastKey === undefined) return undefined;
    return {
      firstKey: this.#firstKey,
      lastKey,
      ...(isWhole && { fingerprints: this.#endFingerprints() }),
      entriesWithBlobs: this.#entriesWithBlobs,
    };
  }

  #endFingerprints(): string {
    return this.#fingerprintPart.update(this.#fingerprints.takeLine()).digest('base64url');
  }

  #noteBlobs(text: string): void {
    const line = decodeLine(text);
    if (!isTombstone(line) && line.blobs !== undefined) this.#entriesWithBlobs.push(line);
  }
}

/** Blocks joined to whole lines; no bytes where one of them is damaged. */
function* runsOf(
  record: PartRecord,
  blocks: readonly (Buffer | undefined)[],
): Generator<{ readonly bytes: Buffer | undefined; readonly first: Key }> {
  for (let at = 0; at < blocks.length; ) {
    const first = record.blocks[at]?.first ?? [];
    let end = at + 1;
    while (record.blocks[end]?.first === null) end++;
    const run = blocks.slice(at, end);
    const whole = run.filter((block) => block !== undefined);
    if (whole.length < run.length) yield { bytes: undefined, first };
    else yield { bytes: whole.length === 1 ? whole[0] : Buffer.concat(whole), first };
    at = end;
  }
}

function sameKey(a: Key | undefined, b: Key | null | undefined): boolean {
  return a !== undefined && b !== undefined && b !== null && compareKeys(a, b) === 0;
}
