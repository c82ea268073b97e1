import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { TEXTS } from '../output/texts.ts';
import { runHost } from '../session/run-host.ts';
import { LOG_LEVELS, type LogLevel } from '../world.ts';

interface ServeOptions {
  readonly address: string;
  readonly port: number;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly publicName: readonly string[];
  readonly openFolder: readonly string[];
  readonly logFile?: string;
  readonly logLevel: LogLevel;
  readonly printLink?: true;
}

const NOTES = `
On a terminal a link is printed that signs a browser of this machine in. The host's token stands in a file of the
data directory that only you can read; commands on the same data directory find it there. SIGTERM or Ctrl-C ends the host: runs under way are
interrupted cleanly, a restore can be resumed, and the exit code is 0.

A vault under a passphrase is opened by HOLDFAST_VAULT_PASSPHRASE or the file that HOLDFAST_VAULT_PASSPHRASE_FILE
names, else by holdfast vault unlock once the host runs.

Other machines are served under TLS only, to users with a role (holdfast user add): viewers look; operators run,
cancel, pin, verify and restore; admins do everything.

Examples:
  holdfast serve --port 7420 --log-file /var/log/holdfast.log
  holdfast serve --address 0.0.0.0 --port 7443 --public-name backup.example.org \\
    --tls-certificate /etc/holdfast/tls.pem --tls-key /etc/holdfast/tls.key`;

/** `serve`: the engine as a process that schedules and that other commands drive. */
export function serveCommand(cli: Cli): Command {
  return new Command('serve')
    .description('run the engine: scheduled tasks run, other commands drive it')
    .option('--address <ip>', 'address to listen on; all but loopback needs TLS', '127.0.0.1')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber('--port', 0), 0)
    .option('--tls-certificate <path>', 'certificate with those between it and its root, PEM')
    .option('--tls-key <path>', 'its private key, PEM')
    .option('--public-name <name>', 'name that other machines open the host by; repeatable', collect, [])
    .option(
      '--open-folder <path>',
      'folder whose archives are open to others than admins; repeatable',
      collect,
      [],
    )
    .option('--log-file <path>', 'write the log there (default: stderr)')
    .addOption(
      new Option(
        '--log-level <level>',
        'what to log; failed storage calls are warnings, others are for debugging',
      )
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .option(
      '--print-link',
      'print the link also where the output is no terminal: it holds the token, keep it off logs',
    )
    .addHelpText('after', NOTES)
    .action((options: ServeOptions) => cli.execute((invocation) => serve(invocation, options)));
}

async function serve(invocation: Invocation, options: ServeOptions): Promise<number> {
  const { world, output, dataDirectory } = invocation;
  const { address, port, publicName, openFolder, logFile, logLevel } = options;
  const printLink = options.printLink === true || (world.stdout.isTerminal && !output.options.json);
  const request = {
    address,
    port,
    ...tlsOf(options, world.cwd),
    publicNames: publicName,
    openFolders: openFolder.map((path) => resolve(world.cwd, path)),
    logLevel,
    ...(logFile === undefined ? {} : { logFile }),
  };
  await runHost(invocation, request, async ({ url, tokenFile, link }) => {
    const shown = { url, tokenFile, dataDirectory, ...(printLink ? { link } : {}) };
    await output.result(shown, () => {
      const text = output.words(TEXTS.serving, { directory: dataDirectory, url, tokenFile });
      return printLink ? `${text}\n  ${link}\n` : `${text}\n`;
    });
  });
  return 0;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function tlsOf({ tlsCertificate, tlsKey }: ServeOptions, cwd: string) {
  if (tlsCertificate === undefined && tlsKey === undefined) return {};
  if (tlsCertificate === undefined || tlsKey === undefined) {
    const problem = detail('needs-other');
    throw new HoldfastError('general.invalid-input', { what: '--tls-certificate and --tls-key', problem });
  }
  return { tls: { certificate: resolve(cwd, tlsCertificate), key: resolve(cwd, tlsKey) } };
}
