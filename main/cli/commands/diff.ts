import { Command, Option } from 'commander';
import type { CountEvent } from '../../../shared/contract/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Cli } from '../cli.ts';
import { EXIT_DIFFERENT } from '../exit-code.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, addRightPassphraseFlags, type OpeningOptions } from '../options/secret-flags.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { count } from '../output/quantity.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveTarget } from '../session/resolve.ts';

interface DiffOptions extends OpeningOptions {
  readonly source?: string;
  readonly rightSource?: string;
  readonly prefix: string;
  readonly change?: readonly ShownDifference['change'][];
  readonly containing?: string;
  readonly limit?: number;
  readonly after?: string;
  readonly count?: true;
}

const MARKS = { added: '+', removed: '-', changed: '~' };

const EXAMPLES = `
+ is only in RIGHT, - only in LEFT, ~ in both but different. Exit code 1 when there are differences, as diff does.
With --json: one difference a line, then {"differences": n}.

Examples:
  holdfast diff latest:nightly cluster:lab
  holdfast diff 3f9a 81c2 --prefix /app
  holdfast diff old.tar.gz new.tar.gz --archive-passphrase-prompt --right-archive-passphrase-prompt`;

/** `diff`: what differs between two points, files or live clusters. */
export function diffCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('diff')
    .argument('<left>', 'POINT, latest:TASK, FILE or cluster:NAME')
    .argument('<right>', 'the same')
    .description('compare two points, files or live clusters')
    .option('--source <service>', 'the service, where there are several')
    .option('--right-source <service>', 'the service of RIGHT, where it has another name')
    .option('--prefix <path>', 'only this place and what is below it', '/')
    .addOption(
      new Option('--change <kind...>', 'only these kinds of change').choices(['added', 'removed', 'changed']),
    )
    .option('--containing <text>', 'only paths that hold this text')
    .option('--limit <n>', 'most differences to show', wholeNumber('--limit'))
    .option('--after <path>', 'go on after this path')
    .option('--count', 'only count them, by the kind of change');
  addOpeningFlags(command, groups);
  addRightPassphraseFlags(command, groups);
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
  const rightPassphrase = await invocation.rightPassphrase(groups);
  const client = await invocation.unlockedClient();
  const order = {
    left: await resolveTarget({ world, output, client }, leftText, options.source),
    right: await resolveTarget({ world, output, client }, rightText, options.rightSource ?? options.source),
    prefix: [...parseKeyPath(options.prefix)],
    ...(options.change === undefined ? {} : { changes: [...options.change] }),
    ...(options.containing === undefined ? {} : { containing: options.containing }),
    ...(opening === undefined ? {} : { opening }),
    ...(rightPassphrase === undefined ? {} : { rightOpening: { ...opening, passphrase: rightPassphrase } }),
  };
  if (options.count === true)
    return countThem(invocation, await client.explore.countDifferences(order, { signal }));
  const { limit, after } = options;
  const batches = await client.explore.diff(
    {
      ...order,
      ...(limit === undefined ? {} : { limit }),
      ...(after === undefined ? {} : { after: [...parseKeyPath(after)] }),
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

async function countThem({ output }: Invocation, events: AsyncIterable<CountEvent>): Promise<number> {
  for await (const { event, counts } of events) {
    if (event !== 'counted') continue;
    await output.result(counts, () => `${output.words(TEXTS.counted, counts)}\n`);
    return counts.added + counts.removed + counts.changed === 0 ? 0 : EXIT_DIFFERENT;
  }
  throw new HoldfastError('host.connection-lost', { problem: detail('counting-stopped') });
}

function differenceText({ change, service, key, members }: ShownDifference): string {
  const what = members.length === 0 ? '' : `  (${members.join(', ')})`;
  return `${MARKS[change]} ${printable(service)} ${printable(keyPath(key))}${printable(what)}\n`;
}
