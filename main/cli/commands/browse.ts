import { Command } from 'commander';
import { parseKeyPath } from '../../../shared/order/key-path.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { type PageOptions, pageOf, withPageOptions } from '../options/page.ts';
import { addOpeningFlags, type OpeningOptions } from '../options/secret-flags.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { placeText } from '../output/place-text.ts';
import { resolveTarget } from '../session/resolve.ts';

interface BrowseOptions extends PageOptions, OpeningOptions {
  readonly source?: string;
  readonly offset?: number;
}

const EXAMPLES = `
A slash inside a component is written \\/.

Examples:
  holdfast browse cluster:lab /app
  holdfast browse latest:nightly /app/config
  holdfast browse 3f9a --source ZooKeeper
  holdfast browse ./0_ZooKeeper_20260301020000.tar.gz /`;

/** `browse`: looks around in a point, a file or a live cluster. */
export function browseCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('browse')
    .argument('<target>', 'POINT, latest:TASK, FILE or cluster:NAME')
    .argument('[path]', 'where to look', '/')
    .description('look at one place and what is below it')
    .option('--source <service>', 'the service, where there are several');
  withPageOptions(command, 'name', 200).option(
    '--offset <n>',
    'begin with this child, counted from 0',
    wholeNumber('--offset', 0),
  );
  addOpeningFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action((target: string, path: string, options: BrowseOptions) =>
      cli.execute((invocation) => browse(invocation, target, path, options, groups)),
    );
}

async function browse(
  invocation: Invocation,
  text: string,
  path: string,
  options: BrowseOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const { world, output } = invocation;
  const opening = await invocation.opening(groups, options);
  const client = await invocation.unlockedClient();
  const key = parseKeyPath(path);
  const place = await client.explore.place(
    {
      target: await resolveTarget({ world, output, client }, text, options.source),
      key: [...key],
      ...pageOf(options),
      ...(options.offset === undefined ? {} : { offset: options.offset }),
      ...(opening === undefined ? {} : { opening }),
    },
    { signal: invocation.signal },
  );
  await output.result(place, () => placeText(place, output));
}
