import type { Entry } from '../../../../shared/model/entry.ts';
import type { Pair } from '../../../../shared/order/merge.ts';

/** An object as the point has it (left) and as it is (right). */
export type EntryPair = Pair<Entry, Entry>;
