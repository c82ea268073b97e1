import { Command } from 'commander';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Cli } from '../cli.ts';
import { EXIT_DIFFERENT } from '../exit-code.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, type OpeningOptions } from '../options/secret-flags.ts';
import { count } from '../output/quantity.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveTarget } from '../session/resolve.ts';

interface DiffOptions extends OpeningOptions {
  readonly source?: string;
  readonly prefix: string;
}

const MARKS = { added: '+', removed: '-', changed: '~' };

const EXAMPLES = `
+ is only in RIGHT, - only in LEFT, ~ in both but different. Exit code 1 when there are differences, as diff does.
With --json: one difference a line, then {"differences": n}.

Examples:
  holdfast diff latest:nightly cluster:lab
  holdfast diff 3f9a 81c2 --prefix /app`;

/** `diff`: what differs between two points, files or live clusters. */
export function diffCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('diff')
    .argument('<left>', 'POINT, latest:TASK, FILE or cluster:NAME')
    .argument('<right>', 'the same')
    .description('compare two points, files or live clusters')
    .option('--source <service>', 'the service, where there are several')
    .option('--prefix <path>', 'only this place and what is below it', '/');
  addOpeningFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action((left: string, right: string, options: DiffOptions) =>
      cli.execute((invocation) => diff(invocation, left, right, options, groups)),
    );
}

async function diff(
  invocation: Invocation,
  leftText: string,
  rightText: string,
  options: DiffOptions,
  groups: FlagGroups,
): Promise<number> {
  const { output, world, signal } = invocation;
  const opening = await invocation.opening(groups, options);
  const client = await invocation.unlockedClient();
  const batches = await client.explore.diff(
    {
      left: await resolveTarget({ world, output, client }, leftText, options.source),
      right: await resolveTarget({ world, output, client }, rightText, options.source),
      prefix: [...parseKeyPath(options.prefix)],
      ...(opening === undefined ? {} : { opening }),
    },
    { signal },
  );
  let differences = 0;
  for await (const batch of batches) {
    differences += batch.length;
    for (const difference of batch) await output.result(difference, () => differenceText(difference));
  }
  const summary = differences === 0 ? TEXTS.identical : TEXTS.differences;
  await output.event({ differences });
  await output.note(summary, { count: count(differences) });
  return differences === 0 ? 0 : EXIT_DIFFERENT;
}

function differenceText({ change, service, key, members }: ShownDifference): string {
  const what = members.length === 0 ? '' : `  (${members.join(', ')})`;
  return `${MARKS[change]} ${printable(service)} ${printable(keyPath(key))}${printable(what)}\n`;
}
