import { describe, expect, test } from 'vitest';
import { isExpired, isIntoPath, orderOf, stepOf, stepsOf } from '../../../renderer/features/restore/order.ts';
import { actionCounts, phaseCounts, planOutcome } from '../../../renderer/features/restore/plan-counts.ts';
import { groupNotes } from '../../../renderer/features/restore/plan-notes.ts';
import { expectedSteps } from '../../../renderer/features/restore/run-steps.ts';
import { restoreSearch } from '../../../renderer/features/restore/search.ts';
import { StepPages } from '../../../renderer/features/restore/step-pages.ts';
import { tickRows } from '../../../renderer/features/restore/tick-rows.ts';
import { inPhaseOrder } from '../../../renderer/ui/run-step-words.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { RestorePlan, ServicePlan } from '../../../shared/model/plan.ts';
import type { RestoreStep } from '../../../shared/model/restore.ts';

const POINT = '0123456789abcdef';

const service: ServicePlan = {
  service: 'ZooKeeper',
  into: 'ZooKeeper',
  source: 'zookeeper',
  // As a ZooKeeper is planned: removals are found while what is there is walked through.
  counts: [
    { phase: 'write', action: 'create', steps: 2 },
    { phase: 'write', action: 'change', steps: 3 },
    { phase: 'remove', action: 'remove', steps: 4 },
  ],
  notes: [],
  differs: false,
};

const plan: RestorePlan = {
  id: POINT,
  created: '2026-01-02T03:04:05.000Z',
  order: { from: { of: 'point', point: POINT }, services: [], select: [], mode: 'equal' },
  cluster: POINT,
  clusterName: 'lab',
  services: [service],
  checks: [],
  steps: 9,
};

describe('the address', () => {
  test('is an order as soon as it says from where; a live cluster is nothing to restore from', () => {
    expect(orderOf({})).toBeUndefined();
    expect(orderOf({ from: 'cluster:lab' })).toBeUndefined();
    expect(orderOf({ from: `point:${POINT}`, to: 'other', mode: 'merge' })).toEqual({
      from: { of: 'point', point: POINT },
      services: [],
      select: [],
      to: 'other',
      mode: 'merge',
    });
  });

  test('of an undo orders all of it back, whatever else it says', () => {
    const order = orderOf({
      from: `undo:${POINT}`,
      select: ['/app'],
      to: 'other',
      into: '/x',
      mode: 'merge',
    });
    expect(order).toEqual({ from: { of: 'undo', run: POINT }, services: [], select: [], mode: 'equal' });
    expect(stepsOf(order)).not.toContain('selection');
  });

  test('leads no further than it carries', () => {
    const from = `point:${POINT}`;
    expect(stepOf({ step: 'confirm' })).toBe('point');
    expect(stepOf({ from })).toBe('selection');
    expect(stepOf({ from, select: ['/app'] })).toBe('target');
    expect(stepOf({ from, step: 'confirm' })).toBe('plan');
    expect(stepOf({ from, step: 'confirm', plan: POINT })).toBe('confirm');
    expect(stepOf({ from: `undo:${POINT}`, step: 'target' })).toBe('plan');
  });

  test('that somebody mistyped shows what it can', () => {
    expect(restoreSearch.parse({ from: 7, mode: 'all', step: 'x', select: ['/a'] })).toEqual({
      select: ['/a'],
    });
  });
});

test('a plan is good for a day', () => {
  const made = Date.parse(plan.created);
  expect(isExpired(plan, made + 24 * 3600_000)).toBe(false);
  expect(isExpired(plan, made + 24 * 3600_000 + 1)).toBe(true);
});

test('paths to restore below', () => {
  expect(['', '/a', '/a/b c'].filter(isIntoPath)).toHaveLength(3);
  expect(['a', '/', '/a/', '/a//b'].filter(isIntoPath)).toEqual([]);
});

describe('a plan in numbers', () => {
  test('phases know where their steps lie, and are shown as they are carried out', () => {
    const phases = phaseCounts(service);
    expect(phases.map(({ phase, steps, offset }) => [phase, steps, offset])).toEqual([
      ['write', 5, 0],
      ['remove', 4, 5],
    ]);
    expect(inPhaseOrder(phases).map(({ phase }) => phase)).toEqual(['remove', 'write']);
    expect(inPhaseOrder([{ phase: 'novelty' }, { phase: 'protect' }]).map(({ phase }) => phase)).toEqual([
      'protect',
      'novelty',
    ]);
  });

  test('actions are summed over services', () => {
    expect(actionCounts({ services: [service, service] })).toEqual({
      remove: 8,
      create: 4,
      change: 6,
      raise: 0,
      protect: 0,
    });
  });

  test('nothing to do is told apart from nothing that can be done', () => {
    const without = { ...service, counts: [] };
    expect(planOutcome(plan)).toBe('work');
    expect(planOutcome({ ...plan, steps: 0, services: [without] })).toBe('equal');
    expect(planOutcome({ ...plan, steps: 0, services: [without, { ...without, differs: true }] })).toBe(
      'differs',
    );
  });

  test('what has to be done by hand is told first', () => {
    const note = (fidelity: FidelityNote['fidelity'], code: string): FidelityNote => ({
      fidelity,
      kind: 'topic',
      code,
      text: code,
      params: {},
    });
    const groups = groupNotes([note('equivalent', 'a'), note('operator', 'b'), note('equivalent', 'c')]);
    expect(groups.map(({ fidelity, notes }) => [fidelity, notes.map(({ code }) => code)])).toEqual([
      ['operator', ['b']],
      ['equivalent', ['a', 'c']],
    ]);
  });

  test('steps to come are those that have not begun', () => {
    const begun = [
      { name: 'verify', subject: 'ZooKeeper' },
      { name: 'undo point', subject: 'ZooKeeper' },
      { name: 'apply remove', subject: 'ZooKeeper' },
    ];
    expect(expectedSteps(plan, begun).map(({ name }) => name)).toEqual(['apply write', 'compare']);
  });
});

test('the tree shows open places with what is below them, and what is still to come', () => {
  const branches = new Map([
    ['[]', { children: [{ name: 'a' }, { name: 'b', hasChildren: false }], more: true }],
  ]);
  const rows = tickRows({ branches, open: new Set(['[]', '["a"]', '["b"]']), ticked: [['a', 'x']] });
  expect(rows.map(({ row, key }) => [row, key.join('/')])).toEqual([
    ['place', 'a'],
    ['loading', 'a'],
    ['place', 'b'],
    ['more', ''],
  ]);
  expect(rows[0]).toMatchObject({ tick: 'below', expanded: true });
  expect(rows[2]).toMatchObject({ tick: 'none', expandable: false, expanded: false });
});

test('the tree keeps the rows of a place while more of them are on their way', () => {
  const branches = new Map([['[]', { children: [{ name: 'a' }], more: 'loading' as const }]]);
  const rows = tickRows({ branches, open: new Set(['[]']), ticked: [] });
  expect(rows.map(({ row, key }) => [row, key.join('/')])).toEqual([
    ['place', 'a'],
    ['loading', ''],
  ]);
});

describe('steps of a plan, page by page', () => {
  const step = (number: number): RestoreStep => ({
    phase: 'write',
    action: 'create',
    kind: 'znode',
    key: [String(number)],
    expect: null,
    members: [],
    fidelity: 'exact',
  });
  const COUNT = 1_000_000;

  test('only what comes into sight is read, and only what is near it is kept', async () => {
    const asked: string[] = [];
    const pages = new StepPages(
      async (offset, limit) => {
        asked.push(`${offset}+${limit}`);
        return Array.from({ length: limit }, (_, i) => step(offset + i));
      },
      50,
      COUNT,
    );
    const seen = async (first: number, last: number) => {
      const changed = new Promise<void>((resolve) => {
        const forget = pages.subscribe(() => {
          forget();
          resolve();
        });
      });
      pages.state().rows.need?.(first, last);
      await changed;
    };
    await seen(0, 20);
    expect(pages.state().rows.count).toBe(COUNT);
    expect(pages.state().rows.at(3)).toEqual({ number: 53, step: step(53) });
    await seen(COUNT - 10, COUNT - 1);
    expect(asked).toEqual(['50+200', `${50 + COUNT - 200}+200`]);
    expect(pages.state().rows.at(COUNT - 1)?.number).toBe(50 + COUNT - 1);
    expect(pages.state().rows.at(3)).toBeUndefined();
  });

  test('a page that fails says why, and is asked for again', async () => {
    let healthy = false;
    const pages = new StepPages(
      async (offset, limit) => {
        if (!healthy) throw new Error('gone');
        return Array.from({ length: limit }, (_, i) => step(offset + i));
      },
      0,
      10,
    );
    const next = () => new Promise<void>((resolve) => pages.subscribe(resolve));
    let changed = next();
    pages.state().rows.need?.(0, 9);
    await changed;
    expect(String(pages.state().error)).toContain('gone');
    healthy = true;
    pages.retry();
    expect(pages.state().error).toBeUndefined();
    changed = next();
    pages.state().rows.need?.(0, 9);
    await changed;
    expect(pages.state().rows.at(9)?.number).toBe(9);
  });
});
