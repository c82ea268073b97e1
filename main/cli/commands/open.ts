import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { TEXTS } from '../output/texts.ts';
import { runHost } from '../session/run-host.ts';
import { linkOfHost } from '../session/session.ts';

/** For this machine only. */
const OWN_HOST = { address: '127.0.0.1', publicNames: [], openFolders: [], logLevel: 'warn' } as const;

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
  if (running === undefined) {
    const request = { ...OWN_HOST, port: options.port };
    await runHost(invocation, request, ({ link }) => show(invocation, options, link));
  } else {
    await show(invocation, options, running);
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
