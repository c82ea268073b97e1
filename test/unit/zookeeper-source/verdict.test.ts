import { describe, expect, it } from 'vitest';
import { judge, type Mark, markBefore } from '../../../main/sources/zookeeper/verdict.ts';

const horizon = 100n;
const cut = 200n;
const watched = { watched: true, reported: false, cut };
const alone = { watched: false, reported: false, cut };

function mark(changes: Partial<Mark> = {}): Mark {
  return { czxid: 10n, mzxid: 20n, pzxid: 30n, aversion: 0, ...changes };
}

describe('a second look at a captured node', () => {
  it('trusts what did not change since before the capture', () => {
    const captured = markBefore(horizon, 0);
    expect(judge(captured, mark(), horizon, alone)).toBe('same');
    expect(judge(captured, mark({ mzxid: 100n }), horizon, alone)).toBe('same');
  });

  it.each<[string, Partial<Mark>, string]>([
    ['other data', { mzxid: 150n }, 'stale'],
    ['other children', { pzxid: 150n }, 'restructured'],
    ['another ACL', { aversion: 1 }, 'stale'],
    ['another incarnation', { czxid: 150n, mzxid: 150n, pzxid: 150n }, 'stale'],
  ])('without a watch finds %s', (_, now, verdict) => {
    expect(judge(markBefore(horizon, 0), mark(now), horizon, alone)).toBe(verdict);
  });

  it('without a watch takes no change for a later one', () => {
    expect(judge(markBefore(horizon, 0), mark({ mzxid: 250n }), horizon, alone)).toBe('stale');
    expect(judge(mark({ mzxid: 150n }), mark({ mzxid: 150n }), horizon, alone)).toBe('same');
    expect(judge(mark({ mzxid: 150n }), null, horizon, alone)).toBe('stale');
  });

  it('with a watch leaves changes after the cut alone, but not those that it did not report', () => {
    expect(judge(markBefore(horizon, 0), mark({ mzxid: 250n }), horizon, watched)).toBe('same');
    expect(judge(markBefore(horizon, 0), mark({ pzxid: 250n }), horizon, watched)).toBe('same');
    expect(judge(markBefore(horizon, 0), mark({ mzxid: 200n }), horizon, watched)).toBe('stale');
    expect(judge(markBefore(horizon, 0), mark({ pzxid: 200n }), horizon, watched)).toBe('restructured');
  });

  it('never takes a changed ACL for a later change', () => {
    expect(judge(mark(), mark({ aversion: 1, mzxid: 250n }), horizon, watched)).toBe('stale');
  });

  it('cannot confirm the ACL of what is gone', () => {
    expect(judge(mark(), null, horizon, { ...watched, reported: true })).toBe('unconfirmed');
    expect(judge(mark(), mark({ czxid: 250n }), horizon, { ...watched, reported: true })).toBe('unconfirmed');
    expect(judge(mark(), null, horizon, watched)).toBe('stale');
  });
});
