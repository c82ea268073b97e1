import { join } from 'node:path';
import { build } from 'vite';

/** Builds the renderer as it is now, once for all files of tests. */
export default async function setup(): Promise<void> {
  const root = join(import.meta.dirname, '..', '..', '..', 'renderer');
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}
