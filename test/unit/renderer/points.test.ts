import { expect, test } from 'vitest';
import { groupNotes } from '../../../renderer/features/points/note-groups.ts';
import { summaryOf } from '../../../renderer/features/points/summary.ts';
import { isGood, standingOf } from '../../../renderer/ui/points/standing.ts';
import { placeOnLine } from '../../../renderer/ui/points/strip.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { PointArchive } from '../../../shared/model/point.ts';

const archive: PointArchive = {
  id: '0'.repeat(32),
  source: 'zookeeper',
  service: 'ZooKeeper',
  version: null,
  storage: '0123456789abcdef',
  path: 'a.tar.gz',
  size: 10,
  sha256: '0'.repeat(64),
  set: '0'.repeat(32),
  parent: null,
  complete: true,
  encrypted: true,
  position: {},
  counts: {},
  notes: [],
};

const verified = (at: string, sound = true) => ({ at, level: 'content' as const, sound });

function standing(...archives: Partial<PointArchive>[]) {
  return standingOf(
    summaryOf({ complete: true, archives: archives.map((each) => ({ ...archive, ...each })) }),
  );
}

test('damage anywhere is damage; verified is only what was verified whole', () => {
  expect(standing({}, { verified: verified('2026-01-01T00:00:00.000Z', false) })).toBe('damaged');
  expect(standing({}, { verified: verified('2026-01-01T00:00:00.000Z') })).toBe('complete');
  const both = [verified('2026-01-02T00:00:00.000Z'), verified('2026-01-01T00:00:00.000Z')];
  expect(standing(...both.map((each) => ({ verified: each })))).toBe('verified');
  const summary = summaryOf({
    complete: true,
    archives: both.map((each) => ({ ...archive, verified: each })),
  });
  expect(summary.verified?.at).toBe('2026-01-01T00:00:00.000Z');
  expect(standingOf({ complete: false, verified: both[0] })).toBe('incomplete');
});

test('sealed and signed is a point only when all of it is', () => {
  const archives = [archive, { ...archive, encrypted: false, signer: '0'.repeat(64) }];
  expect(summaryOf({ complete: true, archives })).toMatchObject({
    encrypted: false,
    signed: false,
    bytes: 20,
  });
});

test('notes stand together by reason: what is lacking first', () => {
  const note = (code: string, text: string, more: Partial<FidelityNote> = {}): FidelityNote => ({
    fidelity: 'equivalent',
    kind: 'znode',
    code,
    text,
    params: {},
    ...more,
  });
  const groups = groupNotes('zookeeper', [
    note('a', '1'),
    note('b', '2', { fidelity: 'partial' }),
    note('a', '3'),
    note('c', '4', { fidelity: 'exact', lack: 'unread' }),
  ]);
  expect(groups.map(({ code, texts }) => [code, texts.map(({ zh }) => zh)])).toEqual([
    ['c', ['4']],
    ['b', ['2']],
    ['a', ['1', '3']],
  ]);
});

test('thousands of points make a strip of hundreds', () => {
  const now = Date.UTC(2026, 0, 1);
  const points = Array.from({ length: 5000 }, (_, i) => ({
    created: new Date(now - (i + 1) * 60_000).toISOString(),
  }));
  const placed = placeOnLine(points, now);
  expect(placed.length).toBeLessThanOrEqual(501);
  expect(placed[0]?.point).toBe(points[0]);
  expect(placed.every(({ at }) => at >= 0 && at <= 1)).toBe(true);
  expect(placeOnLine([], now)).toEqual([]);
});

test('of a crowd one stands for all, between the oldest and now', () => {
  const at = (seconds: number) => ({ created: new Date(seconds * 1000).toISOString() });
  const placed = placeOnLine([at(900), at(899), at(500), at(0)], 1_000_000);
  expect(placed.map((each) => each.at)).toEqual([0.9, 0.5, 0]);
});

test('a point that is damaged or incomplete is not offered first', () => {
  const proof = { at: '2026-01-02T03:04:05.000Z', level: 'content', sound: true } as const;
  expect(isGood({ complete: true })).toBe(true);
  expect(isGood({ complete: true, verified: proof })).toBe(true);
  expect(isGood({ complete: true, verified: { ...proof, sound: false } })).toBe(false);
  expect(isGood({ complete: false, verified: proof })).toBe(false);
});
