import { join } from 'node:path';
import { jarsOf } from '../servers/maven.ts';
import { runTool } from '../servers/tools.ts';
import type { Target } from './zookeeper.ts';

/** Runs one command of ZooKeeper's own shell, `zkCli.sh`, such as `deleteall /path`; returns what it printed. */
export async function zooKeeperShell({ connectString }: Target, ...command: string[]): Promise<string> {
  const jars = await jarsOf('zookeeper-3.9');
  return await runTool('java', [
    ...['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dfile.encoding=UTF-8'],
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
    ...['-cp', join(jars, '*'), 'org.apache.zookeeper.ZooKeeperMain', '-server', connectString],
    ...command,
  ]);
}
