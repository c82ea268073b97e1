import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { type PageOptions, pageOf, withPageOptions } from '../options/page.ts';
import { type SpanOptions, spanOf, withSpanOptions } from '../options/span.ts';
import { pointDetails, pointTable } from '../output/point-text.ts';
import { instantText } from '../output/quantity.ts';
import { tellRemoval } from '../output/removal.ts';
import { TEXTS } from '../output/texts.ts';
import { resolvePoint } from '../session/resolve.ts';

/** Characters of a point's id that are typed to remove it. */
const CONFIRMED_BEGINNING = 8;

interface ListOptions extends PageOptions, SpanOptions {
  readonly task?: string;
}

/** `point list|show|pin|remove`: what can be gone back to. */
export function pointCommand(cli: Cli): Command {
  const command = new Command('point').description(
    'what can be gone back to; POINT is an id, its beginning or latest:TASK, the newest complete one',
  );
  const listing = command.command('list').description('list the recovery points, newest first');
  withSpanOptions(withPageOptions(listing, 'point'), 'point')
    .option('--task <name>', 'only points of this task')
    .action((options: ListOptions) => cli.execute((invocation) => list(invocation, options)));
  command
    .command('show <point>')
    .description('show one point with its archives and what they do not bring back')
    .action((point: string) => cli.execute((invocation) => show(invocation, point)));
  command
    .command('pin <point>')
    .description('keep a point for ever: retention passes it by')
    .option('--off', 'leave it to retention again')
    .action((point: string, { off }: { readonly off?: true }) =>
      cli.execute((invocation) => pin(invocation, point, off !== true)),
    );
  command
    .command('remove <point>')
    .description('remove a point and its archives from the storages')
    .option('--yes', 'remove it without being asked')
    .action((point: string, { yes }: { readonly yes?: true }) =>
      cli.execute((invocation) => remove(invocation, point, yes === true)),
    );
  return command;
}

async function list(invocation: Invocation, options: ListOptions): Promise<undefined> {
  const client = await invocation.client();
  const points = await client.points.list({
    ...pageOf(options),
    ...spanOf(options),
    ...(options.task === undefined ? {} : { task: options.task }),
  });
  await invocation.output.result(points, () => pointTable(points, invocation.output));
  if (points.length === 0 && options.after === undefined) await invocation.output.note(TEXTS.noPoints);
}

async function show(invocation: Invocation, text: string): Promise<undefined> {
  const client = await invocation.client();
  const point = await client.points.show({
    point: await resolvePoint({ client, output: invocation.output }, text),
  });
  await invocation.output.result(point, () => pointDetails(point, invocation.output));
}

async function pin(invocation: Invocation, text: string, pinned: boolean): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const point = await client.points.pin({
    point: await resolvePoint({ client, output: invocation.output }, text),
    pinned,
  });
  await invocation.output.result(point, () => pointTable([point], invocation.output));
}

async function remove(invocation: Invocation, text: string, yes: boolean): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const point = await resolvePoint({ client, output: invocation.output }, text);
  if (!yes) await confirmRemoval(invocation, point);
  await client.points.remove({ point });
  await tellRemoval(invocation.output, 'point', point);
}

/** Nothing brings a removed archive back: the person shows that it is this point that is meant. */
async function confirmRemoval(invocation: Invocation, id: string): Promise<void> {
  const { world, output } = invocation;
  if (!world.interactive || !output.talks) {
    throw new HoldfastError('cli.no-terminal', {
      what: output.words(TEXTS.removalConfirmation),
      flags: '--yes',
    });
  }
  const client = await invocation.client();
  const { taskName: task, created } = await client.points.show({ point: id });
  const point = id.slice(0, CONFIRMED_BEGINNING);
  const question = output.words(TEXTS.removeQuestion, { point, task, created: instantText(created) });
  const answer = await world.ask(question, { hidden: false });
  if (answer.trim() !== point) throw new HoldfastError('cli.removal-not-confirmed', { point });
}
