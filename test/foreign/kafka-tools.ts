import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaCluster } from '../servers/kafka.ts';
import { removeWorkFolder, workFolder } from '../servers/processes.ts';
import { runTool } from '../servers/tools.ts';
import { runJava } from './java.ts';
import { clientProperties, type KafkaAccess, type KafkaTarget } from './kafka.ts';

/** The part of a `KafkaCluster` that a tool needs: its own release's jars, and where to connect. */
export type ToolTarget = Pick<KafkaCluster, 'version' | 'jars' | 'bootstrap' | 'tls'>;

/** Kafka's own tools by the names of their scripts, `kafka-<name>.sh`. */
export type KafkaTool = 'topics' | 'configs' | 'consumer-groups' | 'acls';

/** What the scripts start: 4.x has moved most of the tools, 3.9 some. */
const mainClasses: Readonly<Record<ToolTarget['version'], Readonly<Record<KafkaTool, string>>>> = {
  '4.3': {
    topics: 'org.apache.kafka.tools.TopicCommand',
    configs: 'kafka.admin.ConfigCommand',
    'consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
    acls: 'org.apache.kafka.tools.AclCommand',
  },
  '3.9': {
    topics: 'org.apache.kafka.tools.TopicCommand',
    configs: 'kafka.admin.ConfigCommand',
    'consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
    acls: 'kafka.admin.AclCommand',
  },
  '2.8': {
    topics: 'kafka.admin.TopicCommand',
    configs: 'kafka.admin.ConfigCommand',
    'consumer-groups': 'kafka.admin.ConsumerGroupCommand',
    acls: 'kafka.admin.AclCommand',
  },
};

/** One use of a tool; where to connect is added to its arguments. */
export interface ToolCall {
  readonly tool: KafkaTool;
  readonly args: readonly string[];
}

/**
 * Runs one of Kafka's own command-line tools, of the cluster's release, and returns what it printed. A tool that
 * fails throws with what it said.
 */
export async function kafkaTool(
  target: ToolTarget,
  tool: KafkaTool,
  args: readonly string[],
  access: KafkaAccess = {},
): Promise<string> {
  return await withConnection(target, access, async (connection) => {
    return await runTool('java', [
      '-Xmx256m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Dfile.encoding=UTF-8',
      // Without a configuration log4j 1 is silent; log4j 2 would print errors beside the answer.
      '-Dorg.apache.logging.log4j.level=OFF',
      '-cp',
      join(target.jars, '*'),
      mainClasses[target.version][tool],
      ...connection,
      ...args,
    ]);
  });
}

/**
 * Runs several of Kafka's own command-line tools of release 4.3, one after another in one JVM, and returns what each
 * printed. The first that fails throws with what it said, and the rest is not run.
 */
export async function kafkaTools(
  target: KafkaTarget,
  calls: readonly ToolCall[],
  access: KafkaAccess = {},
): Promise<string[]> {
  return await withConnection(target, access, async (connection) => {
    const lines = calls.map(({ tool, args }) => [mainClasses['4.3'][tool], ...connection, ...args]);
    // Not in the arguments: they may hold passwords, and everybody on the machine can read arguments.
    const environment = { KAFKA_TOOLS: JSON.stringify(lines) };
    const { signal } = access;
    const run = { client: 'kafka', main: 'KafkaTools', arguments: [], environment } as const;
    return await runJava<string>({ ...run, ...(signal && { signal }) });
  });
}

/** Hands on the arguments that tell a tool where to connect and how. */
async function withConnection<T>(
  target: KafkaTarget,
  access: KafkaAccess,
  use: (connection: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = workFolder('kafka-tool');
  const settings = join(folder, 'client.properties');
  writeFileSync(settings, clientProperties(target, access));
  const server = target.bootstrap[access.listener ?? 'plain'] ?? '';
  try {
    return await use(['--bootstrap-server', server, '--command-config', settings]);
  } finally {
    removeWorkFolder(folder);
  }
}
