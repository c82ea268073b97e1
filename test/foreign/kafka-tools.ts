import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaCluster } from '../servers/kafka.ts';
import { removeWorkFolder, workFolder } from '../servers/processes.ts';
import { runTool } from '../servers/tools.ts';
import { clientProperties, type KafkaAccess } from './kafka.ts';

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

/**
 * Runs one of Kafka's own command-line tools, of the cluster's release, and returns what it printed. Where to
 * connect is added to the arguments. A tool that fails throws with what it said.
 */
export async function kafkaTool(
  target: ToolTarget,
  tool: KafkaTool,
  args: readonly string[],
  access: KafkaAccess = {},
): Promise<string> {
  const folder = workFolder('kafka-tool');
  const settings = join(folder, 'client.properties');
  writeFileSync(settings, clientProperties(target, access));
  const connection = ['--bootstrap-server', target.bootstrap[access.listener ?? 'plain'] ?? ''];
  try {
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
      ...['--command-config', settings],
      ...args,
    ]);
  } finally {
    removeWorkFolder(folder);
  }
}
