import { join } from 'node:path';
import type { RunEvent } from '../../shared/model/run.ts';
import { damageFile } from '../e2e/support/damage.ts';
import type { KafkaCluster } from '../servers/kafka.ts';
import type { ZooKeeperServer } from '../servers/zookeeper.ts';
import { aDayPasses, breakKafka, breakZooKeeper, fillKafka, fillZooKeeper } from './contents.ts';
import { type Forward, forward } from './forward.ts';
import type { Client, Installation } from './installation.ts';

/** When the pictures are taken. */
export const NOW = new Date('2026-11-20T02:24:00Z');
export const TIME_ZONE = 'Asia/Shanghai';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const DAYS = 14;
/** Two in the morning, there. */
const FIRST_NIGHT = new Date('2026-11-06T18:00:00Z');
/** As many of them a slow run has before it is seen. */
const SLOW_OBJECTS = 40;
/** So many nights ago the standby was last reached. */
const UNREACHED_NIGHTS = 5;

/** What pictures ask for by name. */
export interface Made {
  /** Of the platform: ZooKeeper and Kafka, with things that no backup brings back. */
  readonly point: string;
  /** Of the same task, a week older. */
  readonly olderPoint: string;
  readonly damagedPoint: string;
  /** An archive file of the newest point of the search cluster. */
  readonly file: string;
  readonly failedRun: string;
  readonly restoreRun: string;
}

export interface Servers {
  readonly orders: ZooKeeperServer;
  readonly search: ZooKeeperServer;
  readonly kafka: KafkaCluster;
}

/**
 * Two weeks of an installation: one cluster in production that is well, one that cannot be reached any more, one that
 * was broken and restored and whose disk damaged an archive, one that nothing protects. At their end the first is
 * broken, so that there is something to compare and to restore.
 */
export async function makeHistory(
  { client, clock, folder }: Installation,
  { orders, search, kafka }: Servers,
  stack: AsyncDisposableStack,
): Promise<Made> {
  const at = async (port: number, to: string) => stack.use(await forward(port, to));
  const ports = {
    orders: (await at(2181, orders.connectString)).address,
    kafka: (await at(9092, kafka.bootstrap.plain)).address,
    search: (await at(2183, search.connectString)).address,
  };
  // Not on the stack: the standby is gone before the end.
  const standby = await forward(2182, search.connectString);
  clock.set(new Date(FIRST_NIGHT.getTime() - DAY));
  await Promise.all([fillZooKeeper(ports.orders), fillZooKeeper(ports.search), fillKafka(kafka)]);
  await define(client, folder, { ...ports, standby: standby.address });
  const made = await letTimePass({ client, clock }, ports, standby);
  await Promise.all([breakZooKeeper(ports.orders), breakKafka(kafka)]);
  clock.set(NOW);
  const [newest, damaged] = await client.points.list({ task: 'search-weekly', limit: 2 });
  const damagedPath = damaged?.archives[0]?.path ?? '';
  await damageFile(join(folder, 'archive', damagedPath));
  for (const point of [made.point, newest?.id ?? '', damaged?.id ?? '']) await verify(client, point);
  await client.points.pin({ point: made.olderPoint, pinned: true });
  return {
    ...made,
    damagedPoint: damaged?.id ?? '',
    file: join(folder, 'archive', newest?.archives[0]?.path ?? ''),
  };
}

async function define(
  client: Client,
  folder: string,
  at: Readonly<Record<'orders' | 'kafka' | 'search' | 'standby', string>>,
): Promise<void> {
  await client.vault.init({ kind: 'key-file', path: join(folder, 'vault.key') });
  const { id: key } = await client.keys.create({
    name: 'archives-2026',
    file: join(folder, 'archives-2026.key'),
    purpose: 'sealing',
  });
  const zookeeper = (connectString: string) => ({
    source: 'zookeeper',
    service: 'ZooKeeper',
    options: { connectString },
  });
  await client.clusters.add({
    name: 'orders',
    environment: 'production',
    readOnly: false,
    colour: 'red',
    folder: 'payments/frankfurt',
    description: 'Takes the orders of all shops. Ask the platform team before anything is restored here.',
    services: [
      zookeeper(at.orders),
      { source: 'kafka', service: 'Kafka', options: { bootstrapServers: at.kafka } },
    ],
  });
  await client.clusters.add({
    name: 'orders-standby',
    environment: 'staging',
    readOnly: false,
    colour: 'blue',
    folder: 'payments/dublin',
    services: [zookeeper(at.standby)],
  });
  await client.clusters.add({
    name: 'search',
    environment: 'test',
    readOnly: false,
    colour: 'teal',
    folder: 'search',
    services: [zookeeper(at.search)],
  });
  await client.clusters.add({
    name: 'analytics',
    environment: 'development',
    readOnly: true,
    colour: 'violet',
    services: [{ ...zookeeper(at.search), service: 'ZooKeeper' }],
  });
  for (const [name, directory] of [
    ['archive-disk', 'archive'],
    ['off-site', 'off-site'],
  ] as const)
    await client.storages.add({ name, driver: 'local', options: { directory: join(folder, directory) } });
  const daily = { start: FIRST_NIGHT.toISOString(), every: 1, unit: 'days', timeZone: TIME_ZONE } as const;
  const source = {
    service: 'ZooKeeper',
    selection: {},
    storage: 'archive-disk',
    directory: '',
    maximumCopies: 30,
    consent: true,
  };
  const full = { kind: 'full' } as const;
  await client.tasks.create({
    name: 'orders-nightly',
    cluster: 'orders',
    policy: full,
    schedule: daily,
    sources: [
      { ...source, key },
      { ...source, service: 'Kafka', key },
    ],
  });
  await client.tasks.create({
    name: 'orders-flink',
    cluster: 'orders',
    policy: full,
    schedule: { ...daily, every: 6, unit: 'hours' },
    sources: [{ ...source, selection: { roots: ['/flink'] }, storage: 'off-site', maximumCopies: 12 }],
  });
  await client.tasks.create({
    name: 'standby-nightly',
    cluster: 'orders-standby',
    policy: full,
    schedule: daily,
    sources: [source],
  });
  await client.tasks.create({ name: 'search-weekly', cluster: 'search', policy: full, sources: [source] });
}

/** Something that happens at its moment, and how long that takes. */
interface Happening {
  readonly at: number;
  readonly milliseconds: number;
  readonly what: () => Promise<unknown>;
}

async function letTimePass(
  { client, clock }: Pick<Installation, 'client' | 'clock'>,
  at: { readonly orders: string; readonly search: string },
  standby: Forward,
): Promise<Pick<Made, 'point' | 'olderPoint' | 'failedRun' | 'restoreRun'>> {
  const made = { failedRun: '', restoreRun: '' };
  const nights: string[] = [];
  const happenings: Happening[] = [];
  const plan = (day: number, hours: number, milliseconds: number, what: Happening['what']) =>
    happenings.push({ at: FIRST_NIGHT.getTime() + day * DAY + hours * HOUR, milliseconds, what });
  for (let day = 0; day < DAYS; day++) {
    const isReached = day <= DAYS - UNREACHED_NIGHTS;
    plan(day, -1, 0, () => Promise.all([aDayPasses(at.orders, day), aDayPasses(at.search, day)]));
    plan(day, 0, 84_000 + day * 2600 + ((day * 37) % 11) * 900, async () =>
      nights.push(await run(client, 'orders-nightly')),
    );
    if (day === DAYS - UNREACHED_NIGHTS) plan(day, 0.01, 0, async () => standby[Symbol.asyncDispose]());
    // One failure tells as much as five.
    if (isReached || day === DAYS - 1)
      plan(day, 0.03, 21_000 + ((day * 29) % 7) * 1300, async () => {
        made.failedRun = await run(client, 'standby-nightly');
      });
    if (day % 4 === 0) plan(day, 9, 16_000 + day * 300, () => run(client, 'search-weekly'));
    for (const hours of day < DAYS - 3 ? [] : [0.1, 6.1, 12.1, 18.1])
      plan(day, hours, 3200 + hours * 60, () => run(client, 'orders-flink'));
  }
  plan(DAYS - 2, 15, 24_000, async () => {
    made.restoreRun = await breakAndRestore(client, at.search);
  });
  const past = happenings.filter((each) => each.at < NOW.getTime()).sort((a, b) => a.at - b.at);
  for (const { at: moment, milliseconds, what } of past) {
    clock.set(new Date(moment), milliseconds);
    await what();
  }
  return { ...made, point: nights.at(-1) ?? '', olderPoint: nights.at(-8) ?? '' };
}

/** The search cluster loses what the other one has yet to lose, and gets it back; gives the restore's run. */
async function breakAndRestore(client: Client, search: string): Promise<string> {
  await breakZooKeeper(search);
  const [point] = await client.points.list({ task: 'search-weekly', limit: 1 });
  const from = { of: 'point' as const, point: point?.id ?? '' };
  let plan = '';
  for await (const event of await client.restores.plan({ from, services: [], select: [], mode: 'equal' }))
    if (event.event === 'planned') plan = event.plan.id;
  const started = await client.restores.start({ plan, confirm: 'search' });
  await ended(client, started.id);
  return started.id;
}

/** A run that takes longer than all pictures of it; gives its id. */
export async function startSlowRun({ client, clock }: Installation): Promise<string> {
  await client.clusters.update({ name: 'search', limits: { objectsPerSecond: 4 } });
  clock.set(new Date(NOW.getTime() - 12_000));
  const { id } = await client.tasks.run({ name: 'search-weekly' });
  for await (const event of await client.runs.watch({ run: id }))
    if (event.event !== 'log' && event.run.steps.some(({ done }) => done >= SLOW_OBJECTS)) break;
  clock.set(NOW);
  return id;
}

/** Runs a task to its end, whatever that is; gives the run's id, which is its point's too. */
async function run(client: Client, name: string): Promise<string> {
  const { id } = await client.tasks.run({ name });
  await ended(client, id);
  return id;
}

async function ended(client: Client, run: string): Promise<void> {
  let last: RunEvent | undefined;
  for await (const event of await client.runs.watch({ run })) last = event;
  if (last?.event !== 'ended') throw new Error(`the events of run ${run} stopped at ${last?.event}`);
}

async function verify(client: Client, point: string): Promise<void> {
  const { archives } = await client.points.show({ point });
  for (const { service } of archives) {
    const target = { of: 'point', point, service } as const;
    for await (const _ of await client.explore.verify({ target, level: 'content' }));
  }
}
