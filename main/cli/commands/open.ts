import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { TEXTS } from '../output/texts.ts';
import { linkOfHost } from '../session/session.ts';

interface OpenOptions {
  readonly port: number;
  readonly browser: boolean;
}

const NOTES = `
Shows the host that runs on the data directory, or starts one that runs until Ctrl-C. The printed link signs a
browser of this machine in: it holds the host's token, so treat it like a password.

Examples:
  holdfast open
  holdfast open --no-browser --port 7420`;

/** `open`: Holdfast's windows in the browser. */
export function openCommand(cli: Cli): Command {
  return new Command('open')
    .description('show Holdfast in the browser, starting a host where none runs')
    .option('--port <n>', 'port of a host that is started; 0 takes a free one', wholeNumber('--port', 0), 0)
    .option('--no-browser', 'only print the link')
    .addHelpText('after', NOTES)
    .action((options: OpenOptions) => cli.execute((invocation) => openPages(invocation, options)));
}

async function openPages(invocation: Invocation, options: OpenOptions): Promise<number> {
  const { world, dataDirectory } = invocation;
  const running = await linkOfHost(world.engines, dataDirectory);
  if (running !== undefined) {
    await show(invocation, options, running);
    return 0;
  }
  const vaultPassphrase = await invocation.givenVaultPassphrase();
  const host = await world.serve({
    dataDirectory,
    ...(vaultPassphrase === undefined ? {} : { vaultPassphrase }),
    address: '127.0.0.1',
    port: options.port,
    publicNames: [],
    openFolders: [],
    logLevel: 'warn',
  });
  try {
    await show(invocation, options, host.link);
    if (host.isVaultLocked) await invocation.output.note(TEXTS.vaultLocked);
    await invocation.interruption.requested();
    await invocation.output.note(TEXTS.stopping);
  } finally {
    await host.close();
  }
  return 0;
}

async function show(
  { world, output, dataDirectory }: Invocation,
  { browser }: OpenOptions,
  link: string,
): Promise<void> {
  const opened = browser && (await world.openBrowser(link, dataDirectory));
  await output.result({ link, opened }, () =>
    output.words(opened ? TEXTS.pagesOpened : TEXTS.pagesLink, { link }),
  );
}
