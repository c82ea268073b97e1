import type { Page } from 'playwright-core';
import { SETTINGS_SECTIONS } from '../../renderer/features/settings/search.ts';
import type { Made } from './history.ts';

/** A screen as it is to be seen. */
export interface Picture {
  /** Begins with the noun of the screen, as its file does. */
  readonly name: string;
  /** What it shows, for the table. */
  readonly shows: string;
  /** Absent: goes on from where the picture before it was. */
  readonly path?: string;
  /** What is done on the page before the picture, in whatever language it speaks. */
  readonly act?: (page: Page) => Promise<void>;
  /** Seen before anybody signs in. */
  readonly signedOut?: true;
  /** The host never answers from here on. */
  readonly loading?: true;
  /** It never comes to rest. */
  readonly moving?: true;
}

const next = (page: Page) => page.locator('main form button[type=submit]').last().click();
const button = (page: Page, en: string, zh: string) =>
  page.getByRole('button', { name: new RegExp(`^(${en}|${zh})$`) }).first();

/** What somebody sees for the first time, with nothing configured. */
export const firstPictures: readonly Picture[] = [
  { name: 'sign-in', shows: 'Signing in', path: '/clusters', signedOut: true },
  { name: 'overview-empty', shows: 'First start', path: '/' },
  { name: 'tasks-empty', shows: 'No task yet', path: '/tasks' },
  { name: 'points-empty', shows: 'No recovery point yet', path: '/points' },
];

/** A backup while it goes on. */
export function runningPictures(run: string): readonly Picture[] {
  return [
    { name: 'run-running', shows: 'A backup that runs', path: `/runs/${run}`, moving: true },
    { name: 'runs-running', shows: 'What runs now', path: '/runs', moving: true },
  ];
}

/** Every screen and every step of the wizards on a filled installation, in the order of a tour. */
export function pictures(made: Made): readonly Picture[] {
  return [
    { name: 'overview', shows: 'What is protected and what is not', path: '/' },
    { name: 'palette', shows: 'Command palette', act: (page) => page.keyboard.press('Control+k') },
    ...clusterPictures(),
    ...taskPictures(),
    ...wizardPictures(),
    { name: 'runs', shows: 'All runs, with size and duration over time', path: '/runs' },
    { name: 'run', shows: 'A backup that succeeded', path: `/runs/${made.point}` },
    { name: 'run-failed', shows: 'A backup that failed, and why', path: `/runs/${made.failedRun}` },
    { name: 'run-restore', shows: 'A restore, and what it came to', path: `/runs/${made.restoreRun}` },
    { name: 'points', shows: 'Recovery points as a timeline', path: '/points' },
    { name: 'points-calendar', shows: 'Recovery points as a calendar', path: '/points?view=calendar' },
    { name: 'point', shows: 'A point, and what it does not bring back', path: `/points/${made.point}` },
    {
      name: 'point-damaged',
      shows: 'A point whose archive is damaged',
      path: `/points/${made.damagedPoint}`,
    },
    { name: 'storages', shows: 'Storages and how full they are', path: '/storages' },
    { name: 'storage', shows: 'A storage being validated', path: '/storages/archive-disk?doing=validate' },
    { name: 'storage-new', shows: 'A new storage', path: '/storages/new' },
    { name: 'storage-edit', shows: 'A storage being changed', path: '/storages/archive-disk/edit' },
    ...explorePictures(made),
    ...restorePictures(made),
    { name: 'verify', shows: 'What was verified', path: `/verify?target=point:${made.point}` },
    {
      name: 'verify-damaged',
      shows: 'A verification that found damage',
      path: `/verify?target=point:${made.damagedPoint}`,
      act: async (page) => {
        await button(page, 'Verify( again)?', '(开始|重新)校验').click();
        await page.locator('main table').first().waitFor();
      },
    },
    // A browser has nothing of the desktop's.
    ...SETTINGS_SECTIONS.filter((section) => section !== 'desktop').map((section) => ({
      name: `settings-${section}`,
      shows: `Settings: ${section}`,
      path: `/settings?section=${section}`,
    })),
    { name: 'not-found', shows: 'An address that leads nowhere', path: '/nowhere' },
    { name: 'shortcuts', shows: 'Keys', path: '/', act: (page) => page.keyboard.press('?') },
    { name: 'overview-loading', shows: 'While the host has not answered', path: '/', loading: true },
  ];
}

function clusterPictures(): readonly Picture[] {
  return [
    { name: 'clusters', shows: 'Clusters by folder', path: '/clusters' },
    { name: 'cluster', shows: 'A cluster, its connections being tested', path: '/clusters/orders?test=true' },
    {
      name: 'cluster-unreachable',
      shows: 'A cluster that does not answer',
      path: '/clusters/orders-standby?test=true',
    },
    { name: 'cluster-edit', shows: 'A cluster being changed', path: '/clusters/orders/edit' },
    {
      name: 'cluster-new-1',
      shows: 'New cluster: name',
      path: '/clusters/new',
      act: (page) => page.locator('main form input').first().fill('warehouse'),
    },
    {
      name: 'cluster-new-2',
      shows: 'New cluster: services',
      act: async (page) => {
        await next(page);
        await button(page, '.*ZooKeeper', '.*ZooKeeper').click();
        await page.locator('main fieldset input').nth(1).fill('127.0.0.1:2183');
      },
    },
    { name: 'cluster-new-3', shows: 'New cluster: test', act: next },
    { name: 'cluster-new-4', shows: 'New cluster: summary', act: next },
  ];
}

function taskPictures(): readonly Picture[] {
  return [
    { name: 'tasks', shows: 'Tasks', path: '/tasks' },
    { name: 'task', shows: 'A task and how it went', path: '/tasks/orders-nightly' },
    { name: 'task-failing', shows: 'A task that fails', path: '/tasks/standby-nightly' },
    {
      name: 'task-edit',
      shows: 'A task being changed: copies kept',
      path: '/tasks/orders-nightly/edit?step=copies',
    },
  ];
}

/** What a step of the task's wizard needs before one may go on. */
const FILLING: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  storages: async (page) => {
    for (const select of await page.locator('main form select').all())
      await select.selectOption('archive-disk');
  },
  protection: async (page) => {
    for (const service of await page.locator('main fieldset').all())
      await service.locator('select').first().selectOption({ index: 1 });
  },
};
const WIZARD_STEPS = [
  'services',
  'storages',
  'schedule',
  'copies kept',
  'protection',
  'checks',
  'estimate',
  'summary',
];

function wizardPictures(): readonly Picture[] {
  return [
    {
      name: 'task-new-1',
      shows: 'New task: cluster',
      path: '/tasks/new',
      act: async (page) => {
        await page.locator('main form input').first().fill('orders-weekly');
        await page.locator('main form select').selectOption('orders');
      },
    },
    ...WIZARD_STEPS.map((step, index) => ({
      name: `task-new-${index + 2}`,
      shows: `New task: ${step}`,
      act: async (page: Page) => {
        await next(page);
        await FILLING[step]?.(page);
      },
    })),
  ];
}

function explorePictures({ point, olderPoint, file }: Made): readonly Picture[] {
  const older = `point:${olderPoint}/ZooKeeper`;
  const lived = 'cluster:orders/ZooKeeper';
  const at = (search: Readonly<Record<string, string>>) => `?${new URLSearchParams(search)}`;
  return [
    { name: 'explore', shows: 'What can be looked into', path: '/explore' },
    {
      name: 'explore-live',
      shows: 'A live ZooKeeper',
      path: `/explore${at({ target: lived, path: '/services/payments', entry: '/services/payments/config' })}`,
    },
    {
      name: 'explore-kafka',
      shows: 'A live Kafka',
      path: `/explore${at({ target: 'cluster:orders/Kafka', path: '/topics', entry: '/topics/orders.paid' })}`,
    },
    {
      name: 'explore-point',
      shows: 'A recovery point',
      path: `/explore${at({ target: `point:${point}/ZooKeeper`, path: '/flink/jobs/fraud-score/checkpoints', entry: '/flink/jobs/fraud-score/checkpoints/chk-0003' })}`,
    },
    {
      name: 'explore-search',
      shows: 'Search by content in a point',
      path: `/explore${at({ target: `point:${point}/ZooKeeper`, path: '/', find: 'platform', within: 'content' })}`,
    },
    { name: 'explore-file', shows: 'An archive file', path: `/explore${at({ target: `file:${file}` })}` },
    {
      name: 'explore-unreachable',
      shows: 'A cluster that does not answer',
      path: `/explore${at({ target: 'cluster:orders-standby' })}`,
    },
    { name: 'compare', shows: 'Which sides to compare', path: '/compare' },
    {
      name: 'compare-live',
      shows: 'What was broken since the point',
      path: `/compare${at({ left: `point:${point}/ZooKeeper`, right: lived, entry: '/services/payments/config' })}`,
    },
    {
      name: 'compare-points',
      shows: 'Two points',
      path: `/compare${at({ left: older, right: `point:${point}/ZooKeeper` })}`,
    },
  ];
}

function restorePictures({ point, restoreRun }: Made): readonly Picture[] {
  return [
    { name: 'restore-1', shows: 'Restore: point', path: `/restore?from=point:${point}&step=point` },
    { name: 'restore-2', shows: 'Restore: selection', act: next },
    { name: 'restore-3', shows: 'Restore: target', act: next },
    {
      name: 'restore-4',
      shows: 'Restore: plan',
      act: async (page) => {
        await next(page);
        // It can be gone on from when the plan is there.
        await page.locator('main form button[type=submit]:not([disabled])').last().waitFor();
      },
    },
    {
      name: 'restore-5',
      shows: 'Restore: checklist',
      act: async (page) => {
        await next(page);
        await page.locator('main form input[type=checkbox]').last().check();
      },
    },
    { name: 'restore-6', shows: 'Restore: confirmation', act: next },
    { name: 'restore-report', shows: 'A restore that is over, compared', path: `/restore?run=${restoreRun}` },
  ];
}
