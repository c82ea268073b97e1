import type { Line } from '../../shared/model/entry.ts';
import type { Key } from '../../shared/order/key.ts';
import { mergeByKey, type Pair } from '../../shared/order/merge.ts';
import type { KeyFingerprint } from './layout/fingerprint.ts';
import type { RecordView } from './read/record-view.ts';

/** A key whose content is not the same on both sides. */
export interface Difference {
  readonly key: Key;
  readonly change: 'added' | 'removed' | 'changed';
  /** Only with `attach`. */
  readonly before?: Line;
  readonly after?: Line;
}

export interface CompareOptions {
  /** Only this key and what is below it. */
  readonly prefix?: Key;
  /** Only keys that come after this one. */
  readonly after?: Key;
  /** Reads the entries of every difference as well. */
  readonly attach?: boolean;
  readonly signal?: AbortSignal;
}

const ATTACHED_AT_ONCE = 256;

type FingerprintPair = Pair<KeyFingerprint, KeyFingerprint>;

/**
 * Differences in key order, in batches. Merges fingerprints and reads no records unless `attach` asks for them;
 * what was only observed makes no difference.
 */
export async function* compareArchives(
  before: RecordView,
  after: RecordView,
  options: CompareOptions = {},
): AsyncGenerator<readonly Difference[]> {
  const { prefix = [], after: from, attach = false, signal } = options;
  const range = {
    prefix,
    ...(from !== undefined && { after: from }),
    ...(signal !== undefined && { signal }),
  };
  for await (const pairs of mergeByKey(before.fingerprints(range), after.fingerprints(range))) {
    const found = pairs.flatMap(differenceOf);
    if (!attach && found.length > 0) yield found;
    // Whoever wants the first of them does not wait for all whose fingerprints stand on the same page.
    for (let i = 0; attach && i < found.length; i += ATTACHED_AT_ONCE) {
      yield await attachEntries(found.slice(i, i + ATTACHED_AT_ONCE), before, after, signal);
    }
  }
}

function differenceOf({ left, right }: FingerprintPair): Difference[] {
  if (left === undefined) return right === undefined ? [] : [{ key: right.key, change: 'added' }];
  if (right === undefined) return [{ key: left.key, change: 'removed' }];
  return left.fingerprint === right.fingerprint ? [] : [{ key: left.key, change: 'changed' }];
}

/** Differences come sorted, so neighbours are found in the block that was read last. */
async function attachEntries(
  differences: readonly Difference[],
  before: RecordView,
  after: RecordView,
  signal?: AbortSignal,
): Promise<readonly Difference[]> {
  const attached: Difference[] = [];
  for (const { key, change } of differences) {
    const old = change === 'added' ? undefined : await before.get(key, signal);
    const now = change === 'removed' ? undefined : await after.get(key, signal);
    attached.push({ key, change, ...(old && { before: old }), ...(now && { after: now }) });
  }
  return attached;
}
