import { connect, type ZooKeeperClient } from '../../main/protocols/zookeeper/index.ts';
import { setCredential, toolCall } from '../demo/kafka/calls.ts';
import { javaPointer } from '../e2e/support/java-pointer.ts';
import { kafkaTools } from '../foreign/kafka-tools.ts';
import type { KafkaCluster } from '../servers/kafka.ts';

const OPEN = [{ perms: 31, scheme: 'world', id: 'anyone' }];
const READ_BY_ALL = [
  { perms: 1, scheme: 'world', id: 'anyone' },
  { perms: 31, scheme: 'ip', id: '127.0.0.1' },
];
const JOBS = ['fraud-score', 'orders-enrich', 'stock-level'];
const SERVICES = ['checkout', 'inventory', 'invoices', 'notifications', 'payments', 'shipping'];
const TOPICS = [
  'audit.login',
  'billing.invoices',
  'billing.refunds',
  'catalogue.changes',
  'catalogue.prices',
  'checkout.carts',
  'checkout.sessions',
  'fraud.alerts',
  'fraud.scores',
  'inventory.levels',
  'inventory.moves',
  'orders.created',
  'orders.cancelled',
  'orders.paid',
  'orders.shipped',
  'payments.captured',
  'payments.failed',
  'shipping.labels',
  'shipping.tracking',
  'users.profiles',
];

const numbered = (name: string, i: number) => `${name}-${String(i).padStart(4, '0')}`;
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** What the ZooKeeper of an ordering platform holds: Flink's pointers, services' settings, locks and a queue. */
export async function fillZooKeeper(connectString: string): Promise<void> {
  await using client = await connect({ connectString });
  await create(client, ['/flink', '/flink/jobs', '/orders', '/orders/open', '/services'], null);
  for (const job of JOBS) {
    const base = `/flink/jobs/${job}`;
    await create(client, [base, `${base}/checkpoints`], null);
    for (let i = 0; i < 5; i++)
      await create(
        client,
        [`${base}/checkpoints/${numbered('chk', i)}`],
        javaPointer(`s3://flink/ha/${job}/chk-${i}`),
      );
  }
  for (const [i, service] of SERVICES.entries()) {
    await create(client, [`/services/${service}`], null);
    const settings = {
      retries: 3 + i,
      timeoutMs: 1500,
      endpoints: [`10.4.0.${20 + i}:8443`],
      features: { dark: i % 2 === 0 },
    };
    await create(client, [`/services/${service}/config`], json(settings), READ_BY_ALL);
    await create(
      client,
      [`/services/${service}/notes`],
      'Owned by the platform team.\nAsk before it is changed.\n',
    );
  }
  await addOrders(client, 0, 400);
}

/** A day's work: orders come, and some of what was written changes. */
export async function aDayPasses(connectString: string, day: number): Promise<void> {
  await using client = await connect({ connectString });
  await addOrders(client, 400 + day * 60, 60);
  for (const service of SERVICES.slice(0, 2))
    await client.setData(`/services/${service}/notes`, Buffer.from(`Looked at on day ${day}.\n`));
}

/** What somebody did by mistake: a job's checkpoints and some orders are gone, settings are not what they were. */
export async function breakZooKeeper(connectString: string): Promise<void> {
  await using client = await connect({ connectString });
  const checkpoints = '/flink/jobs/fraud-score/checkpoints';
  for (const child of (await client.getChildren(checkpoints)).children)
    await client.delete(`${checkpoints}/${child}`);
  await client.delete(checkpoints);
  for (let i = 20; i < 44; i++) await client.delete(`/orders/open/${numbered('order', i)}`);
  await client.setData(
    '/services/payments/config',
    json({ retries: 0, timeoutMs: 60_000, endpoints: [], features: { dark: true } }),
  );
  await client.setAcl('/services/checkout/config', OPEN);
  await create(client, ['/services/debug'], 'left behind by a test');
}

/** Topics, settings, rights and passwords of the platform's Kafka, by its own tools. */
export async function fillKafka(kafka: KafkaCluster): Promise<void> {
  await kafkaTools(kafka, [
    ...TOPICS.map((topic, i) =>
      toolCall(
        `topics --create --topic ${topic} --partitions ${2 + (i % 3) * 2} --config retention.ms=${604_800_000 + i * 86_400_000}`,
      ),
    ),
    ...['billing', 'fraud-detection', 'shipping'].map((group) =>
      toolCall(
        `consumer-groups --reset-offsets --group ${group} --topic orders.paid --to-earliest --execute`,
      ),
    ),
    ...['billing', 'checkout', 'shipping'].map((user) =>
      toolCall(
        `acls --add --allow-principal User:${user} --operation Read --topic orders. --resource-pattern-type prefixed`,
      ),
    ),
    toolCall(
      'configs --alter --entity-type users --entity-name checkout --add-config producer_byte_rate=1048576',
    ),
    setCredential('billing', 'SCRAM-SHA-512', 4096, 'of no use to anybody'),
  ]);
}

/** A topic is gone with what it held, another keeps its messages for a minute only, somebody may do everything. */
export async function breakKafka(kafka: KafkaCluster): Promise<void> {
  await kafkaTools(kafka, [
    toolCall('topics --delete --topic payments.failed'),
    toolCall(
      'configs --alter --entity-type topics --entity-name orders.paid --add-config retention.ms=60000',
    ),
    toolCall('acls --add --allow-principal User:mallory --operation All --topic *'),
  ]);
}

async function addOrders(client: ZooKeeperClient, from: number, count: number): Promise<void> {
  const of = (i: number) => ({
    order: i,
    customer: 7000 + ((i * 37) % 900),
    items: 1 + (i % 5),
    paid: i % 3 === 0,
  });
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      create(client, [`/orders/open/${numbered('order', from + i)}`], json(of(from + i))),
    ),
  );
}

async function create(
  client: ZooKeeperClient,
  paths: readonly string[],
  data: Buffer | string | null,
  acl = OPEN,
): Promise<void> {
  for (const path of paths)
    await client.create(path, typeof data === 'string' ? Buffer.from(data) : data, { acl });
}
