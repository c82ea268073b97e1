import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Text } from '../../shared/errors/text.ts';
import { DemoFailure } from './failure.ts';
import type { Narrator } from './narrator.ts';

/** A program that the demo needs beside Node, and the Debian package that has it. */
interface NeededCommand {
  readonly command: string;
  readonly package: string;
}

const NEEDED: readonly NeededCommand[] = [
  { command: 'java', package: 'openjdk-17-jdk-headless' },
  { command: 'javac', package: 'openjdk-17-jdk-headless' },
  { command: 'mvn', package: 'maven' },
  { command: 'tar', package: 'tar' },
  { command: 'sha256sum', package: 'coreutils' },
];

const MISSING: Text = {
  en: 'The demo runs real servers and checks with foreign tools, and misses on PATH: {commands}. On Debian or Ubuntu: sudo apt-get install {packages}',
  zh: '演示会启动真实的服务并用第三方工具核对，但 PATH 中缺少：{commands}。在 Debian 或 Ubuntu 上请执行：sudo apt-get install {packages}',
};

/** @throws DemoFailure that names every program that is not on PATH, with the remedy. */
export async function requireCommands(narrator: Narrator, path = process.env.PATH ?? ''): Promise<void> {
  const found = await Promise.all(NEEDED.map(({ command }) => isOnPath(command, path)));
  const missing = NEEDED.filter((_, index) => found[index] === false);
  if (missing.length === 0) return;
  const commands = missing.map(({ command }) => command).join(', ');
  const packages = [...new Set(missing.map((each) => each.package))].join(' ');
  throw new DemoFailure(narrator.words(MISSING, { commands, packages }));
}

async function isOnPath(command: string, path: string): Promise<boolean> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    try {
      await access(join(folder, command), constants.X_OK);
      return true;
    } catch {
      // Not here; perhaps in the next folder.
    }
  }
  return false;
}
