import { HoldfastError } from '../../../shared/errors/error.ts';
import type { BlobName, Entry } from '../../../shared/model/entry.ts';
import type { ValueRange } from '../../../shared/model/listing.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { SourceDriver } from '../../sources/contract.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';
import { type OpenPlace, sourceOf } from './open-place.ts';
import { entryAt, usingPlace } from './using-place.ts';

/** Bytes of a value. */
export interface ByteSpan {
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads a range of an entry's raw value. What has no raw value of its own is its content as JSON.
 * @throws HoldfastError `engine.no-entry`
 */
export function readValue(
  context: EngineContext,
  target: Target,
  opening: Opening | undefined,
  key: Key,
  span: ByteSpan,
  signal?: AbortSignal,
): Promise<ValueRange> {
  return usingPlace(context, target, opening, signal, async (place) => {
    const entry = await entryAt(place, key, signal);
    if (entry === undefined) throw new HoldfastError('engine.no-entry', { key: `/${key.join('/')}` });
    const value = rawValue(findSourceDriver(sourceOf(place)), entry);
    if (value === null) return { present: false, size: 0, offset: span.offset, base64: '' };
    const bytes = Buffer.isBuffer(value)
      ? value.subarray(span.offset, span.offset + span.length)
      : await take(blobOf(place, entry, value, signal), span);
    const size = Buffer.isBuffer(value) ? value.length : value.size;
    return { present: true, size, offset: span.offset, base64: bytes.toString('base64') };
  });
}

/** Bytes of the raw value; null: it has none. */
export function valueSize(driver: SourceDriver, entry: Entry): number | null {
  const value = rawValue(driver, entry);
  if (value === null) return null;
  return Buffer.isBuffer(value) ? value.length : value.size;
}

/** The value as bytes where the content holds it, else the name of the blob that it is. */
export function rawValue(driver: SourceDriver, { content }: Entry): Buffer | BlobName | null {
  if (driver.rawValue === undefined) return Buffer.from(JSON.stringify(content, undefined, 2));
  const value = driver.rawValue(content);
  return typeof value === 'string' ? Buffer.from(value, 'base64') : value;
}

function blobOf(
  place: OpenPlace,
  entry: Entry,
  { sha256 }: BlobName,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  return place.of === 'stored'
    ? place.open.records.blob(entry, sha256, signal)
    : place.open.connection.value(entry.key, signal);
}

/** Reads no further than the end of the span. */
async function take(chunks: AsyncIterable<Uint8Array>, { offset, length }: ByteSpan): Promise<Buffer> {
  const taken: Uint8Array[] = [];
  let position = 0;
  for await (const chunk of chunks) {
    const from = Math.max(0, offset - position);
    const to = Math.min(chunk.length, offset + length - position);
    if (from < to) taken.push(chunk.subarray(from, to));
    position += chunk.length;
    if (position >= offset + length) break;
  }
  return Buffer.concat(taken);
}
