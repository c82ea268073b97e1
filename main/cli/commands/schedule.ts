import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { parseSchedule } from '../options/schedule.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { table } from '../output/table.ts';

interface PreviewOptions {
  readonly every: string;
  readonly start?: string;
  readonly timeZone?: string;
  readonly count: number;
}

const MOST = 5;

/** `schedule preview`: when a schedule would run. */
export function scheduleCommand(cli: Cli): Command {
  const command = new Command('schedule').description('when tasks run');
  command
    .command('preview')
    .description('show the next runs of a schedule, daylight saving included')
    .requiredOption('--every <n>', 'every n hours or days: 6h, 1d')
    .option('--start <instant>', 'first run, such as 2026-03-01T02:00:00Z (default: now)')
    .option('--time-zone <name>', 'IANA name; days keep its time of day (default: the local one)')
    .option('--count <n>', 'how many', wholeNumber('--count'), MOST)
    .action((options: PreviewOptions) => cli.execute((invocation) => preview(invocation, options)));
  return command;
}

async function preview(
  invocation: Invocation,
  { every, start, timeZone, count }: PreviewOptions,
): Promise<undefined> {
  const { world, output } = invocation;
  const given = { every, timeZone: timeZone ?? world.timeZone, ...(start === undefined ? {} : { start }) };
  const schedule = parseSchedule(given, world.date());
  const client = await invocation.client();
  const next = await client.schedules.preview({ schedule, count });
  await output.result(next, () =>
    table(
      [
        { title: output.heading('local'), cell: ({ local }) => local },
        { title: output.heading('utc'), cell: ({ at }) => at },
      ],
      next,
    ),
  );
}
