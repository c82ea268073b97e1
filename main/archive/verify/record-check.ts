import { isUtf8 } from 'node:buffer';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { compareKeys, type Key } from '../../../shared/order/key.ts';
import { decodeLine, keyOfFingerprint, LineProblem } from '../layout/line.ts';
import type { LiveCounts } from '../layout/live-counts.ts';
import type { PartRecord } from '../layout/part.ts';
import { describeKeys } from '../read/block-reader.ts';
import type { BlobCheck } from './blob-check.ts';
import type { Findings } from './findings.ts';
import { fingerprintLine, scanLine } from './line-scanner.ts';

interface Expected {
  readonly record: PartRecord;
  /** Undefined when the records could not all be read. */
  readonly text: string | undefined;
}

/** Checks record parts, line by line, and the fingerprints that follow each of them. */
export class RecordCheck {
  readonly #findings: Findings;
  readonly #counts: LiveCounts;
  readonly #blobs: BlobCheck;
  readonly #lastKeys = new Map<number, Key>();
  #expected: Expected | undefined;
  /** 1 + the highest generation met. */
  generations = 1;

  constructor(findings: Findings, counts: LiveCounts, blobs: BlobCheck) {
    this.#findings = findings;
    this.#counts = counts;
    this.#blobs = blobs;
  }

  /** @param blocks Plain text of every block; undefined where one is damaged, which has been reported. */
  records(record: PartRecord, blocks: readonly (Buffer | undefined)[]): void {
    this.noFingerprintsDue();
    this.generations = Math.max(this.generations, record.generation + 1);
    let text: string | undefined;
    try {
      text = this.#checkRecords(record, blocks);
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      this.#report(record, 'lines', error.message);
    }
    this.#expected = { record, text };
  }

  fingerprints(record: PartRecord, blocks: readonly (Buffer | undefined)[]): void {
    const expected = this.#expected;
    this.#expected = undefined;
    if (expected === undefined || record.of !== expected.record.part) {
      this.#report(record, 'fingerprints', 'they do not follow the records that they describe');
      return;
    }
    const whole = blocks.filter((block) => block !== undefined);
    if (expected.text === undefined || whole.length < blocks.length) return;
    const found = Buffer.concat(whole);
    if (!found.equals(Buffer.from(expected.text))) {
      this.#report(
        record,
        'fingerprints',
        `line ${firstDifference(found.toString(), expected.text)} differs`,
      );
    } else if (record.count !== expected.record.count || !hasFirstKeys(record, whole)) {
      this.#report(record, 'fingerprints', 'the index describes them in another way');
    }
  }

  /** To be called when something other than fingerprints comes. */
  noFingerprintsDue(): void {
    if (this.#expected === undefined) return;
    this.#report(this.#expected.record, 'fingerprints', 'there are none');
    this.#expected = undefined;
  }

  /** To be called where a stretch of the file could not be read: what is due there may have been lost. */
  gap(): void {
    this.#expected = undefined;
  }

  #checkRecords(record: PartRecord, blocks: readonly (Buffer | undefined)[]): string | undefined {
    const fingerprints: string[] = [];
    let count = 0;
    let isWhole = true;
    for (const run of runsOf(record, blocks)) {
      if (run.bytes === undefined) {
        isWhole = false;
        continue;
      }
      count += this.#checkRun(record, run.bytes, run.first, fingerprints);
    }
    if (!isWhole) return undefined;
    const last = this.#lastKeys.get(record.generation) ?? [];
    if (count !== record.count)
      throw new LineProblem(`there are ${count} lines where ${record.count} are due`);
    if (!sameKey(last, record.last) || !sameKey(record.first, record.blocks[0]?.first)) {
      throw new LineProblem('they begin or end with another key than the index says');
    }
    return fingerprints.join('');
  }

  #checkRun(record: PartRecord, bytes: Buffer, first: Key, fingerprints: string[]): number {
    if (!isUtf8(bytes)) throw new LineProblem('a line is not UTF-8');
    const text = bytes.toString();
    const isAscii = text.length === bytes.length;
    let count = 0;
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      if (end < 0) throw new LineProblem('a line is cut off');
      const line = scanLine(text, at, end);
      const key = this.#checkKey(record, line.keyText);
      if (count++ === 0 && !sameKey(key, first)) throw new LineProblem('a block begins with another key');
      fingerprints.push(fingerprintLine(line));
      const size = isAscii ? line.content.length : Buffer.byteLength(line.content);
      this.#counts.add(record.generation, line.keyText, line.kind, size);
      if (line.mayHaveBlobs) this.#checkBlobs(text.slice(at, end));
      at = end + 1;
    }
    return count;
  }

  #checkKey({ generation }: PartRecord, keyText: string): Key {
    const key = keyOfFingerprint(`[${keyText},`);
    const previous = this.#lastKeys.get(generation);
    if (previous !== undefined && compareKeys(previous, key) >= 0)
      throw new LineProblem('keys are not in order');
    this.#lastKeys.set(generation, key);
    return key;
  }

  #checkBlobs(text: string): void {
    const entry = decodeLine(text);
    if ('kind' in entry) this.#blobs.references(entry satisfies Entry);
  }

  #report(record: PartRecord, area: 'lines' | 'fingerprints', problem: string): void {
    const { part, first, last } = record;
    const keys = describeKeys(first, last);
    const code = area === 'lines' ? 'archive.lines-invalid' : 'archive.fingerprints-wrong';
    this.#findings.add(
      { area, part, ...(first && { from: first }), ...(last && { to: last }) },
      new HoldfastError(code, { part, keys, problem }),
    );
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

function hasFirstKeys(record: PartRecord, blocks: readonly Buffer[]): boolean {
  return blocks.every((block, i) => {
    const first = record.blocks[i]?.first;
    if (!first) return true;
    const start = Buffer.from(`[${JSON.stringify(first)},`);
    return block.subarray(0, start.length).equals(start);
  });
}

/** Number of the first line that differs, from 1. */
function firstDifference(found: string, expected: string): number {
  const lines = expected.split('\n');
  return found.split('\n').findIndex((line, i) => line !== lines[i]) + 1;
}
