import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { compileJava } from '../foreign/java.ts';
import { electronDist, electronVersion } from '../servers/electron.ts';
import { type KafkaVersion, kafkaVersions } from '../servers/kafka-config.ts';
import { jarsOf } from '../servers/maven.ts';
import { ensureTools, remedyFor } from '../servers/tools.ts';
import { type ZooKeeperVersion, zooKeeperVersions } from '../servers/zookeeper-config.ts';

/** Something a run does before its tests and counts like one of them. Failing means throwing. */
export interface Step {
  readonly name: string;
  run(): Promise<void>;
}

/** What tests with real servers stand on: commands, releases of ZooKeeper and Kafka, foreign clients. */
export const prerequisites: readonly Step[] = [
  {
    name: 'command line tools',
    run: async () => {
      const missing = await ensureTools();
      if (missing.length > 0) throw new Error(remedyFor(missing));
    },
  },
  ...(Object.keys(zooKeeperVersions) as ZooKeeperVersion[]).map((version) => ({
    name: `ZooKeeper ${zooKeeperVersions[version]}`,
    run: async () => void (await jarsOf(`zookeeper-${version}`)),
  })),
  ...(Object.keys(kafkaVersions) as KafkaVersion[]).map((version) => ({
    name: `Kafka ${kafkaVersions[version]}`,
    run: async () => void (await jarsOf(`kafka-${version}`)),
  })),
  { name: `Electron ${electronVersion}`, run: async () => void (await electronDist()) },
  ...(['zookeeper', 'kafka'] as const).map((client) => ({
    name: `foreign Java clients: ${client}`,
    run: async () => void (await compileJava(client)),
  })),
];

/** The parts of `npm run check`. */
export const checks: readonly Step[] = ['typecheck', 'lint', 'layers', 'unused'].map((script) => ({
  name: script,
  run: async () => await npmRun(script),
}));

async function npmRun(script: string): Promise<void> {
  const child = spawn('npm', ['run', '--silent', script], { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Error(`npm run ${script} failed (${signal ?? code})`);
}
