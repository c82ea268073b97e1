import { Command, Option } from 'commander';
import type { SearchEvent, SearchMatch } from '../../../shared/model/search.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, type OpeningOptions } from '../options/secret-flags.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { count } from '../output/quantity.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveTarget } from '../session/resolve.ts';

interface SearchOptions extends OpeningOptions {
  readonly source?: string;
  readonly below: string;
  readonly in: 'name' | 'content' | 'both';
  readonly regex?: true;
  readonly matchCase?: true;
  readonly limit: number;
}

const DEFAULT_LIMIT = 100;

const EXAMPLES = `
Exit code 1 when nothing was found, as with grep. With --json: one match a line, then what was searched.

Examples:
  holdfast search cluster:lab orders
  holdfast search latest:nightly 'jdbc:.*prod' --regex --in content --below /app`;

/** `search`: finds entries by their names and by what they hold. */
export function searchCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('search')
    .argument('<target>', 'POINT, latest:TASK, FILE or cluster:NAME')
    .argument('<text>', 'what to look for')
    .description('find entries by their names and by what they hold')
    .option('--source <service>', 'the service, where there are several')
    .option('--below <path>', 'only below this place', '/')
    .addOption(
      new Option('--in <where>', 'where to look').choices(['name', 'content', 'both']).default('name'),
    )
    .option('--regex', 'the text is a regular expression')
    .option('--match-case', 'capitals differ from small letters')
    .option('--limit <n>', 'most matches to show', wholeNumber('--limit'), DEFAULT_LIMIT);
  addOpeningFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action((target: string, text: string, options: SearchOptions) =>
      cli.execute((invocation) => search(invocation, target, text, options, groups)),
    );
}

async function search(
  invocation: Invocation,
  targetText: string,
  text: string,
  options: SearchOptions,
  groups: FlagGroups,
): Promise<number> {
  const { world, output, signal } = invocation;
  const opening = await invocation.opening(groups, options);
  const client = await invocation.unlockedClient();
  const events = await client.explore.search(
    {
      target: await resolveTarget({ world, output, client }, targetText, options.source),
      prefix: [...parseKeyPath(options.below)],
      pattern: {
        text,
        regularExpression: options.regex === true,
        matchCase: options.matchCase === true,
        within: options.in === 'both' ? ['name', 'content'] : [options.in],
      },
      limit: options.limit,
      ...(opening === undefined ? {} : { opening }),
    },
    { signal },
  );
  let found = 0;
  for await (const event of events) found += await tell(invocation, event);
  return found === 0 ? 1 : 0;
}

/** Gives the number of matches that were told. */
async function tell({ output, progress }: Invocation, event: SearchEvent): Promise<number> {
  if (event.event === 'progress') {
    await progress.show(output.words(TEXTS.searching), { done: event.searched });
    return 0;
  }
  await progress.clear();
  if (event.event === 'found') {
    for (const match of event.matches) await output.result(match, () => matchText(match));
    return event.matches.length;
  }
  const { searched, found, more, unread } = event;
  await output.event({ searched, found, more, unread });
  await output.note(TEXTS.found, { found: count(found), searched: count(searched) });
  if (unread > 0) await output.note(TEXTS.largeUnread, { count: count(unread) });
  if (more) await output.note(TEXTS.moreFound);
  return 0;
}

function matchText({ key, excerpt }: SearchMatch): string {
  const around = excerpt === undefined ? '' : `  ${printable(excerpt.replace(/\s+/g, ' '))}`;
  return `${printable(keyPath(key))}${around}\n`;
}
