import type { Random } from './random.ts';

/*
 * Values such as real services keep in ZooKeeper, made up but of the shapes, sizes and compressibility of real
 * ones:
 *   30 %  small texts: counters, addresses, owners, time stamps (8 to 80 bytes)
 *   33 %  JSON: topics, partition states, broker registrations, job states (100 to 2,500 bytes)
 *   22 %  binary: serialised handles and protocol buffers, part constant and part random (150 to 600 bytes)
 *   10 %  nothing: no data at all, or empty
 *    5 %  configuration files: XML and properties (3 to 25 kB)
 * On average about 1.1 kB.
 */

/** One value; null for a node without data. */
export function value(random: Random): Buffer | null {
  const kind = random.next();
  if (kind < 0.3) return Buffer.from(smallText(random));
  if (kind < 0.63) return Buffer.from(JSON.stringify(random.pick(documents)(random)));
  if (kind < 0.85) return binary(random);
  if (kind < 0.95) return random.next() < 0.5 ? null : Buffer.alloc(0);
  return Buffer.from(configurationFile(random));
}

function smallText(random: Random): string {
  return random.pick([
    () => String(random.between(1, 9_999_999_999)),
    () => address(random),
    () => uuid(random),
    () => `consumer-${random.pick(teams)}-${random.between(1, 64)}-${uuid(random)}`,
    () => new Date(1_700_000_000_000 + random.between(0, 9_000_000_000)).toISOString(),
    () => random.pick(['true', 'false', 'ACTIVE', 'STANDBY', 'ONLINE']),
  ])();
}

const teams = ['orders', 'payments', 'billing', 'search', 'shipping', 'accounts', 'fraud', 'events'] as const;

const documents: readonly [(random: Random) => unknown, ...((random: Random) => unknown)[]] = [
  partitionState,
  topic,
  broker,
  job,
];

function partitionState(random: Random): unknown {
  const leader = random.between(1, 24);
  const isr = [leader, (leader % 24) + 1, ((leader + 1) % 24) + 1];
  return {
    controller_epoch: random.between(1, 90),
    leader,
    version: 1,
    leader_epoch: random.between(0, 400),
    isr,
  };
}

function topic(random: Random): unknown {
  const partitions: Record<string, number[]> = {};
  for (let i = 0; i < random.between(3, 48); i++) {
    partitions[i] = [random.between(1, 24), random.between(1, 24), random.between(1, 24)];
  }
  return {
    removing_replicas: {},
    partitions,
    topic_id: random.bytes(16).toString('base64url'),
    adding_replicas: {},
    version: 3,
    config: {
      'cleanup.policy': random.pick(['delete', 'compact', 'compact,delete']),
      'retention.ms': String(random.pick([3_600_000, 86_400_000, 604_800_000, -1])),
      'segment.bytes': String(random.pick([104_857_600, 1_073_741_824])),
      'min.insync.replicas': '2',
    },
  };
}

function broker(random: Random): unknown {
  const host = address(random);
  return {
    features: {},
    listener_security_protocol_map: { INTERNAL: 'SASL_SSL', EXTERNAL: 'SASL_SSL' },
    endpoints: [`INTERNAL://${host}`, `EXTERNAL://${random.pick(teams)}-${host}`],
    jmx_port: 9999,
    port: random.between(9092, 9099),
    host,
    version: 5,
    timestamp: String(1_700_000_000_000 + random.between(0, 9_000_000_000)),
    tags: { rack: `az-${random.between(1, 3)}`, build: random.hex(40) },
  };
}

function job(random: Random): unknown {
  return {
    job: random.hex(32),
    name: `${random.pick(teams)}-enrichment-v${random.between(1, 40)}`,
    state: random.pick(['RUNNING', 'FINISHED', 'FAILED', 'RESTARTING']),
    parallelism: random.between(1, 128),
    vertices: Array.from({ length: random.between(1, 12) }, () => ({
      id: random.hex(32),
      operator: random.pick(['Source: Kafka', 'Filter', 'Map', 'Window(Tumbling)', 'Sink: JDBC']),
      checkpoint: random.between(1, 99_999),
      bytes: random.between(0, 2 ** 40),
    })),
    path: `hdfs://nameservice1/flink/checkpoints/${random.hex(32)}/chk-${random.between(1, 99_999)}`,
  };
}

const CLASS_DESCRIPTION = Buffer.concat([
  Buffer.from('aced00057372003b', 'hex'),
  Buffer.from('org.apache.flink.runtime.state.RetrievableStreamStateHandle'),
  Buffer.from('0000000000000001020001', 'hex'),
  Buffer.from('L00187772617070656453747265616d537461746548616e646c65'),
  Buffer.from('t00364c6f72672f6170616368652f666c696e6b2f72756e74696d652f7374617465'),
]);

function binary(random: Random): Buffer {
  if (random.next() < 0.4) {
    const path = `hdfs://nameservice1/flink/recovery/completedCheckpoint${random.hex(12)}`;
    return Buffer.concat([CLASS_DESCRIPTION, random.bytes(random.between(8, 24)), Buffer.from(path)]);
  }
  const fields: Buffer[] = [];
  for (let i = 0; i < random.between(8, 40); i++) {
    fields.push(Buffer.from([8 + i, 0x12, random.between(1, 9)]), random.bytes(random.between(1, 12)));
  }
  return Buffer.concat([Buffer.from('0a0c', 'hex'), ...fields]);
}

function configurationFile(random: Random): string {
  const isXml = random.next() < 0.5;
  const lines = Array.from({ length: random.between(40, 220) }, () => {
    const name = `${random.pick(teams)}.${random.pick(settings)}.${random.pick(settings)}`;
    const setting = random.pick([String(random.between(0, 65_536)), address(random), random.pick(settings)]);
    return isXml
      ? `  <property>\n    <name>${name}</name>\n    <value>${setting}</value>\n  </property>`
      : `${name}=${setting}`;
  });
  return isXml ? `<configuration>\n${lines.join('\n')}\n</configuration>\n` : `${lines.join('\n')}\n`;
}

const settings = [
  'timeout',
  'retries',
  'buffer.size',
  'max.connections',
  'thread.pool',
  'cache.expiry',
  'endpoint',
  'compression.type',
] as const;

function address(random: Random): string {
  return `10.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}:${random.between(1024, 65_535)}`;
}

function uuid(random: Random): string {
  const digits = random.hex(32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
