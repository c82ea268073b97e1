import { Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { TEXTS } from '../output/texts.ts';
import { LOG_LEVELS, type LogLevel } from '../world.ts';

interface ServeOptions {
  readonly address: string;
  readonly port: number;
  readonly logFile?: string;
  readonly logLevel: LogLevel;
  readonly printLink?: true;
}

const NOTES = `
The host serves this machine only. Its token stands in a file of the data directory that only you can read;
commands on the same data directory find it there. SIGTERM or Ctrl-C ends the host: runs under way are
interrupted cleanly, a restore can be resumed, and the exit code is 0.

A vault under a passphrase is opened by HOLDFAST_VAULT_PASSPHRASE or the file that HOLDFAST_VAULT_PASSPHRASE_FILE
names, else by holdfast vault unlock once the host runs.

Example:
  holdfast serve --port 7420 --log-file /var/log/holdfast.log`;

/** `serve`: the engine as a process that schedules and that other commands drive. */
export function serveCommand(cli: Cli): Command {
  return new Command('serve')
    .description('run the engine: scheduled tasks run, other commands drive it')
    .option('--address <ip>', 'loopback address to listen on', '127.0.0.1')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber('--port', 0), 0)
    .option('--log-file <path>', 'write the log there (default: stderr)')
    .addOption(
      new Option(
        '--log-level <level>',
        'what to log; failed storage calls are warnings, others are for debugging',
      )
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .option('--print-link', 'print a link that holds the token: keep it off screens and logs of others')
    .addHelpText('after', NOTES)
    .action((options: ServeOptions) => cli.execute((invocation) => serve(invocation, options)));
}

async function serve(invocation: Invocation, options: ServeOptions): Promise<number> {
  const { world, output, dataDirectory, signal } = invocation;
  const { address, port, logFile, logLevel, printLink } = options;
  const vaultPassphrase = await invocation.givenVaultPassphrase();
  const host = await world.serve({
    dataDirectory,
    ...(vaultPassphrase === undefined ? {} : { vaultPassphrase }),
    address,
    port,
    logLevel,
    ...(logFile === undefined ? {} : { logFile }),
  });
  const { url, tokenFile, link } = host;
  const shown = { url, tokenFile, dataDirectory, ...(printLink === true ? { link } : {}) };
  await output.result(shown, () => {
    const text = output.words(TEXTS.serving, { directory: dataDirectory, url, tokenFile });
    return printLink === true ? `${text}\n  ${link}\n` : `${text}\n`;
  });
  if (host.isVaultLocked) await output.note(TEXTS.vaultLocked);
  await aborted(signal);
  await output.note(TEXTS.stopping);
  await host.close();
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
