import type { Stat } from '../../protocols/zookeeper/index.ts';

/** Of a captured node, what tells whether it is still the same. */
export type Mark = Pick<Stat, 'czxid' | 'mzxid' | 'pzxid' | 'aversion'>;

/**
 * What a second look says of a captured node.
 * - `same`: what was captured is what the node was at the cut.
 * - `unconfirmed`: data and children are, by the watch; whether the ACL is can no longer be told: the node is gone.
 * - `stale`, `restructured`: it has to be read again; `restructured` also has other children.
 */
export type Verdict = 'same' | 'unconfirmed' | 'stale' | 'restructured';

/** How far a second look can rely on the watch. */
export interface Witness {
  /** The watch was unbroken since the node was captured, and covers it. */
  readonly watched: boolean;
  /** The watch has reported a change of the node since the cut. */
  readonly reported: boolean;
  /** The service's position at the cut, or shortly before it. */
  readonly cut: bigint;
}

/** What was captured before `horizon`, of which only the ACL version is remembered. */
export function markBefore(horizon: bigint, aversion: number): Mark {
  return { czxid: horizon, mzxid: horizon, pzxid: horizon, aversion };
}

/**
 * Judges a captured node by its stat of now; null: it is gone. A captured zxid that is not above `horizon` was
 * captured after the service had passed the horizon: any zxid up to it means unchanged.
 */
export function judge(captured: Mark, now: Mark | null, horizon: bigint, witness: Witness): Verdict {
  const { watched, reported, cut } = witness;
  const changed = (was: bigint, is: bigint): boolean => is !== was && (is > horizon || was > horizon);
  // With a watch a change after the cut is not the capture's business; one before it that was not reported is.
  const counts = (was: bigint, is: bigint): boolean => changed(was, is) && (!watched || is <= cut);
  if (now === null || changed(captured.czxid, now.czxid))
    return watched && reported ? 'unconfirmed' : 'stale';
  if (counts(captured.pzxid, now.pzxid)) return 'restructured';
  return captured.aversion !== now.aversion || counts(captured.mzxid, now.mzxid) ? 'stale' : 'same';
}
