import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../main/entries/cli.ts', import.meta.url));
const observer = new URL('./peak-memory.ts', import.meta.url).href;

/** Runs `holdfast` with a data directory in the folder; peak resident memory of its process, in bytes. */
export async function peakMemoryOf(
  folder: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const peakFile = join(folder, 'peak');
  const child = spawn(process.execPath, ['--import', observer, program, ...argv], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      HOLDFAST_DATA_DIR: join(folder, 'data'),
      BENCH_PEAK_FILE: peakFile,
      ...environment,
    },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`holdfast ${argv[0]} exited with ${code}:\n${complaint}`);
  return Number(await readFile(peakFile, 'utf8'));
}
