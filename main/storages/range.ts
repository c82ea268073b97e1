import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import type { ByteRange } from './contract.ts';

/**
 * The bytes that a read is about: the range, or all of an object of `size` bytes.
 * @throws HoldfastError `general.invalid-input` for a range that no object has, `storage.truncated` for one that
 *   this object has not.
 */
export function rangeWithin(path: string, size: number, range: ByteRange | undefined): ByteRange {
  if (range === undefined) return { offset: 0, length: size };
  checkRange(path, range);
  const { offset, length } = range;
  if (offset + length > size) throw truncated(path, length, Math.max(0, size - offset));
  return range;
}

/** @throws HoldfastError `general.invalid-input` for a range that no object has. */
export function checkRange(path: string, { offset, length }: ByteRange): void {
  if (Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(length) && length >= 1) return;
  const problem = detail('range', { offset, length });
  throw new HoldfastError('general.invalid-input', { what: detail('range-of', { path }), problem });
}

/** The error of a read that ended early. */
export function truncated(path: string, expected: number, actual: number): HoldfastError {
  return new HoldfastError('storage.truncated', { path, expected, actual });
}
