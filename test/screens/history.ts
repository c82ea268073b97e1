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

const DAY = 24 * 60 * 60_000;
const DAYS = 14;
/** Two in the morning, there. */
const FIRST_NIGHT = new Date('2026-11-06T18:00:00Z');
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
  const made = await letTimePass(client, clock, ports, standby);
  await damageAndRestore(client, clock, ports.search);
  await Promise.all([breakZooKeeper(ports.orders), breakKafka(kafka)]);
  clock.set(NOW);
  const restoreRun = (await client.runs.list({ kinds: ['restore'], limit: 1 }))[0]?.id ?? '';
  const [newest, damaged] = await client.points.list({ task: 'search-weekly', limit: 2 });
  const damagedPath = damaged?.archives[0]?.path ?? '';
  await damageFile(join(folder, 'archive', damagedPath));
  for (const point of [made.point, newest?.id ?? '', damaged?.id ?? '']) await verify(client, point);
  await client.points.pin({ point: made.olderPoint, pinned: true });
  return {
    ...made,
    damagedPoint: damaged?.id ?? '',
    file: join(folder, 'archive', newest?.archives[0]?.path ?? ''),
    restoreRun,
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

async function letTimePass(
  client: Client,
  clock: Installation['clock'],
  at: { readonly orders: string; readonly search: string },
  standby: Forward,
): Promise<Pick<Made, 'point' | 'olderPoint' | 'failedRun'>> {
  let failedRun = '';
  const nights: string[] = [];
  for (let day = 0; day < DAYS; day++) {
    const night = FIRST_NIGHT.getTime() + day * DAY;
    await Promise.all([aDayPasses(at.orders, day), aDayPasses(at.search, day)]);
    clock.set(new Date(night), 84_000 + day * 2600 + ((day * 37) % 11) * 900);
    nights.push(await run(client, 'orders-nightly'));
    if (day === DAYS - UNREACHED_NIGHTS) await standby[Symbol.asyncDispose]();
    clock.set(new Date(night + 120_000), 21_000 + ((day * 29) % 7) * 1300);
    // One failure tells as much as five.
    if (day <= DAYS - UNREACHED_NIGHTS || day === DAYS - 1) failedRun = await run(client, 'standby-nightly');
    if (day % 4 === 0) {
      clock.set(new Date(night + 9 * 60 * 60_000), 16_000 + day * 300);
      await run(client, 'search-weekly');
    }
    for (const hour of day < DAYS - 3 ? [] : [0, 6, 12, 18]) {
      if (night + hour * 60 * 60_000 > NOW.getTime()) break;
      clock.set(new Date(night + hour * 60 * 60_000 + 300_000), 3200 + hour * 60);
      await run(client, 'orders-flink');
    }
  }
  return { point: nights.at(-1) ?? '', olderPoint: nights.at(-8) ?? '', failedRun };
}

/** The search cluster loses what the other one has yet to lose, and gets it back. */
async function damageAndRestore(client: Client, clock: Installation['clock'], search: string): Promise<void> {
  await breakZooKeeper(search);
  clock.set(new Date(NOW.getTime() - 17 * 60 * 60_000), 24_000);
  const [point] = await client.points.list({ task: 'search-weekly', limit: 1 });
  const order = {
    from: { of: 'point' as const, point: point?.id ?? '' },
    services: [],
    select: [],
    mode: 'equal' as const,
  };
  let plan = '';
  for await (const event of await client.restores.plan(order))
    if (event.event === 'planned') plan = event.plan.id;
  const started = await client.restores.start({ plan, confirm: 'search' });
  await ended(client, started.id);
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
