import { describe, expect, it } from 'vitest';
import { type Broker, replacements } from '../../../main/sources/kafka/restore/broker-table.ts';
import { isPlaced, place } from '../../../main/sources/kafka/restore/placement.ts';

function brokers(...texts: string[]): Broker[] {
  return texts.map((text) => {
    const [id = '', rack] = text.split(' ');
    return { id: Number(id), rack: rack ?? null };
  });
}

/** Who takes whose place, by the ids of the point that are not here. */
function table(point: readonly Broker[], live: readonly Broker[]): Record<number, number[]> {
  const here = new Set(live.map(({ id }) => id));
  const missing = point.filter(({ id }) => !here.has(id));
  const found = replacements(missing, live, new Set(point.map(({ id }) => id)));
  return Object.fromEntries([...found].map(([id, to]) => [id, to.map((broker) => broker.id)]));
}

function siteOf(point: readonly Broker[], live: readonly Broker[], down: readonly number[] = []) {
  const known = new Set([...live.map(({ id }) => id), ...down]);
  const missing = point.filter(({ id }) => !known.has(id));
  const site = {
    known,
    replaced: replacements(missing, live, new Set(point.map(({ id }) => id))),
    brokers: live.map((broker) => ({ ...broker, host: 'h', port: 1 })),
  };
  return site;
}

describe('who takes the place of brokers that are not there', () => {
  it('one of the same rack, one that the point does not know, the same every time', () => {
    const point = brokers('1 a', '2 b', '3 c');
    expect(table(point, brokers('11 c', '12 a', '13 b'))).toEqual({ 1: [12], 2: [13], 3: [11] });
    expect(table(point, brokers('1 a', '2 b', '4 d'))).toEqual({ 3: [4] });
    expect(table(point, brokers('1 a', '2 b', '4 a'))).toEqual({ 3: [4] });
  });

  it('several share the work of few', () => {
    expect(table(brokers('1 a'), brokers('11 x', '12 y', '13 z'))).toEqual({ 1: [11, 12, 13] });
    expect(table(brokers('1 a', '2 b'), brokers('11 b', '12 a', '13 b', '14 a'))).toEqual({
      1: [12, 14],
      2: [11, 13],
    });
  });

  it('few share the work of several', () => {
    expect(table(brokers('1 a', '2 b', '3 c'), brokers('7 a'))).toEqual({ 1: [7], 2: [7], 3: [7] });
    expect(table(brokers('1', '2', '3', '4'), brokers('7', '8'))).toEqual({ 1: [7], 2: [8], 3: [7], 4: [8] });
  });

  it('nobody where no broker is', () => {
    expect(table(brokers('1'), [])).toEqual({});
  });
});

describe('where replicas go', () => {
  const three = brokers('1 a', '2 b', '3 c');

  it('stay where their brokers are', () => {
    const wanted = [
      [3, 1, 2],
      [1, 2, 3],
    ];
    expect(place('t', wanted, siteOf(three, three))).toEqual({ replicas: wanted, lacking: 0 });
  });

  it('keep their pattern on as many other brokers', () => {
    const site = siteOf(three, brokers('11 a', '12 b', '13 c'));
    const wanted = [
      [3, 1],
      [1, 2],
      [2, 3],
    ];
    expect(place('t', wanted, site)).toEqual({
      replicas: [
        [13, 11],
        [11, 12],
        [12, 13],
      ],
      lacking: 0,
    });
  });

  it('of one broker are spread evenly over three, topics of one partition too', () => {
    const site = siteOf(brokers('1 a'), brokers('11 x', '12 y', '13 z'));
    const { replicas, lacking } = place(
      'wide',
      Array.from({ length: 9 }, () => [1]),
      site,
    );
    expect(lacking).toBe(0);
    for (const id of [11, 12, 13]) expect(replicas.flat().filter((each) => each === id)).toHaveLength(3);
    const small = Array.from({ length: 60 }, (_, i) => place(`topic-${i}`, [[1]], site).replicas[0]?.[0]);
    for (const id of [11, 12, 13]) expect(small.filter((each) => each === id).length).toBeGreaterThan(10);
  });

  it('are never two on one broker, and on as many racks as there are', () => {
    const live = brokers('11 a', '12 a', '13 b', '14 b');
    const site = siteOf(brokers('1 x', '2 y', '3 z'), live);
    const wanted = Array.from({ length: 8 }, (_, i) => [1 + (i % 3), 1 + ((i + 1) % 3)]);
    const rackOf = new Map(live.map(({ id, rack }) => [id, rack]));
    for (const replicas of place('t', wanted, site).replicas) {
      expect(new Set(replicas).size).toBe(2);
      expect(new Set(replicas.map((id) => rackOf.get(id))).size).toBe(2);
    }
  });

  it('that there are no brokers for are counted, and every partition has as many', () => {
    const site = siteOf(three, brokers('7 a'));
    expect(
      place(
        't',
        [
          [1, 2, 3],
          [2, 3, 1],
        ],
        site,
      ),
    ).toEqual({ replicas: [[7], [7]], lacking: 2 });
    // As it is in mid-reassignment.
    const uneven = place('t', [[1], [1, 2]], siteOf(three, three)).replicas;
    expect(uneven.map(({ length }) => length)).toEqual([2, 2]);
  });

  it('on brokers that are down stay there', () => {
    const site = siteOf(three, brokers('1 a', '2 b'), [3]);
    expect(place('t', [[3, 1]], site)).toEqual({ replicas: [[3, 1]], lacking: 0 });
  });

  it('count as placed on the same brokers, or on as many where those are not here', () => {
    const here = siteOf(three, three);
    expect(isPlaced([1, 2], [1, 2], here)).toBe(true);
    expect(isPlaced([1, 2], [2, 1], here)).toBe(false);
    const elsewhere = siteOf(three, brokers('11', '12'));
    expect(isPlaced([1, 2], [12, 11], elsewhere)).toBe(true);
    expect(isPlaced([1, 2, 3], [12, 11], elsewhere)).toBe(true);
    expect(isPlaced([1, 2], [12], elsewhere)).toBe(false);
  });
});
