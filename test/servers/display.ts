import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './condition.ts';
import { removeWorkFolder, startProcess, workFolder } from './processes.ts';

/** A screen that nobody sees. Gone when this process ends. */
export interface Display extends AsyncDisposable {
  /** For the environment of what is to be shown: `:5`. */
  readonly name: string;
}

/** Starts an X server without hardware on a free number; resolves when it takes clients. */
export async function startDisplay(): Promise<Display> {
  const folder = workFolder('display');
  const log = join(folder, 'log');
  // It writes the number that it found free to standard output when it is ready.
  const options = ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const server = startProcess('Xvfb', options, folder, log);
  const number = await until('the display', () => {
    const reason = server.ended();
    if (reason !== undefined) throw new Error(`Xvfb ended: ${reason}\n${readFileSync(log, 'utf8')}`);
    return /^\d+$/m.exec(readFileSync(log, 'utf8'))?.[0];
  });
  return {
    name: `:${number}`,
    [Symbol.asyncDispose]: async () => {
      server.signal('SIGTERM');
      await server.gone();
      removeWorkFolder(folder);
    },
  };
}
