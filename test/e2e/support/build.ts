import { join } from 'node:path';
import { runTool } from '../../servers/tools.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/**
 * Builds the renderer as it is now, once for all files of tests: in a process of its own, for what ships is made under
 * NODE_ENV=production. In this one it is `test`, which makes React's build for development, with the paths of sources.
 */
export default async function setup(): Promise<void> {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = [process.execPath, vite, 'build', join(ROOT, 'renderer'), '--logLevel', 'warn'];
  await runTool('env', ['NODE_ENV=production', ...build]);
}
