import { hash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import {
  type BlobLocations,
  type Entry,
  isTombstone,
  type JsonObject,
  type Line,
} from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import { KEY_LIMIT } from './format.ts';
import { FormatProblem } from './format-problem.ts';

/** A line as it is stored, with what the writer derives from its pieces. */
export interface EncodedLine {
  /** Ends with a line feed. */
  readonly text: string;
  readonly keyText: string;
  /** SHA-256 of kind and content (§5); null for a tombstone. */
  readonly digest: Digest | null;
  /** Bytes of the content as it stands in the line. */
  readonly contentBytes: number;
}

const TOMBSTONE_KIND = '-';

/** Encodes a line exactly as §4 says. Throws `archive.entry-invalid` for what the format cannot hold. */
export function encodeLine(line: Line): EncodedLine {
  const keyText = encodeKey(line.key);
  if (isTombstone(line)) {
    return { text: `{"t":"-","k":${keyText}}\n`, keyText, digest: null, contentBytes: 0 };
  }
  const content = JSON.stringify(line.content);
  const observed = JSON.stringify(line.observed);
  if (observed.includes(',"o":') || observed.includes('{"o":')) {
    throw invalid(line.key, detail('observed-member'));
  }
  const blobs = line.blobs === undefined ? '' : `,"b":${JSON.stringify(line.blobs)}`;
  return {
    text: `{"t":${kindText(line)},"k":${keyText},"c":${content},"o":${observed}${blobs}}\n`,
    keyText,
    digest: digestOfContent(line.kind, content),
    contentBytes: Buffer.byteLength(content),
  };
}

/** JSON text of a key. Throws `archive.entry-invalid` when it has no UTF-8 form or is beyond the limit. */
function encodeKey(key: Key): string {
  for (const component of key) {
    if (!component.isWellFormed()) throw invalid(key, detail('half-surrogate'));
  }
  const text = JSON.stringify(key);
  if (text.length * 3 > KEY_LIMIT && Buffer.byteLength(text) > KEY_LIMIT) {
    throw new HoldfastError('archive.limit-exceeded', { what: detail('a-key'), limit: `${KEY_LIMIT} B` });
  }
  return text;
}

const kindTexts = new Map<string, string>();

/** JSON text of the kind; there are few kinds and many entries. */
function kindText(entry: Entry): string {
  const known = kindTexts.get(entry.kind);
  if (known !== undefined) return known;
  if (
    entry.kind === TOMBSTONE_KIND ||
    entry.kind === '' ||
    entry.kind.includes('\n') ||
    !entry.kind.isWellFormed()
  ) {
    throw invalid(entry.key, detail('kind-not-name'));
  }
  const text = JSON.stringify(entry.kind);
  kindTexts.set(entry.kind, text);
  return text;
}

/** A SHA-256 as a string, a byte a character: making it costs half of what a buffer costs, and there are millions. */
export type Digest = string;

/** SHA-256 over a kind and the JSON text of a content: what §5 makes fingerprints of. */
export function digestOfContent(kind: string, content: string): Digest {
  return hash('sha256', `${kind}\n${content}`, 'binary');
}

/** The same from the bytes that are hashed. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  return hash('sha256', bytes, 'binary');
}

/** Raised when a line is not what §4 or §5 allows; callers name the part. */
export class LineProblem extends FormatProblem {}

/** Takes one line (without its line feed) apart. Throws {@link LineProblem}. */
export function decodeLine(text: string): Line {
  const json = parseJson(text);
  if (!isObject(json)) throw new LineProblem(detail('line-not-object'));
  const { t: kind, k: key, c: content, o: observed, b: blobs } = json;
  if (!isKey(key)) throw new LineProblem(detail('line-without-key'));
  if (kind === TOMBSTONE_KIND) return { key, removed: true };
  if (typeof kind !== 'string' || !isObject(content) || !isObject(observed)) {
    throw new LineProblem(detail('line-lacks-content'));
  }
  const entry = { kind, key, content: content as JsonObject, observed: observed as JsonObject };
  if (blobs === undefined) return entry;
  if (!isBlobLocations(blobs)) throw new LineProblem(detail('line-blobs-wrong'));
  return { ...entry, blobs };
}

/**
 * The key of a record line, without parsing the rest: it stands between the first `,"k":` and the first `,"c":`,
 * neither of which can stand inside a JSON string. Throws {@link LineProblem}.
 */
export function keyOfLine(text: string): Key {
  const start = text.indexOf(',"k":');
  const content = text.indexOf(',"c":', start);
  const key = parseJson(text.slice(start + 5, content < 0 ? text.length - 1 : content));
  if (start < 0 || !isKey(key)) throw new LineProblem(detail('line-without-key'));
  return key;
}

/** A key from its JSON text. Throws {@link LineProblem}. */
export function parseKey(text: string): Key {
  const key = parseJson(text);
  if (!isKey(key)) throw new LineProblem(detail('line-without-key'));
  return key;
}

/** Throws {@link LineProblem}. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LineProblem(detail('line-not-json'));
  }
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of strings. */
export function isKey(value: unknown): value is Key {
  return Array.isArray(value) && value.every((component) => typeof component === 'string');
}

function isBlobLocations(value: unknown): value is BlobLocations {
  return (
    isObject(value) && Object.values(value).every((chunks) => Array.isArray(chunks) && chunks.every(isChunk))
  );
}

function isChunk(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [part, size, sha256, archive] = value as unknown[];
  return (
    Number.isSafeInteger(part) &&
    Number.isSafeInteger(size) &&
    typeof sha256 === 'string' &&
    (archive === undefined || typeof archive === 'string')
  );
}

function invalid(key: Key, problem: Text): HoldfastError {
  return new HoldfastError('archive.entry-invalid', { key: JSON.stringify(key).slice(0, 200), problem });
}
