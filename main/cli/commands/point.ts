import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { type PageOptions, pageOf, withPageOptions } from '../options/page.ts';
import { pointDetails, pointTable } from '../output/point-text.ts';
import { tellRemoval } from '../output/removal.ts';
import { TEXTS } from '../output/texts.ts';
import { resolvePoint } from '../session/resolve.ts';

interface ListOptions extends PageOptions {
  readonly task?: string;
}

/** `point list|show|pin|remove`: what can be gone back to. */
export function pointCommand(cli: Cli): Command {
  const command = new Command('point').description(
    'what can be gone back to; POINT is an id, its beginning or latest:TASK',
  );
  withPageOptions(command.command('list').description('list the recovery points, newest first'), 'point')
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
    .action((point: string) => cli.execute((invocation) => remove(invocation, point)));
  return command;
}

async function list(invocation: Invocation, options: ListOptions): Promise<undefined> {
  const client = await invocation.client();
  const points = await client.points.list({
    ...pageOf(options),
    ...(options.task === undefined ? {} : { task: options.task }),
  });
  await invocation.output.result(points, () => pointTable(points));
  if (points.length === 0 && options.after === undefined) await invocation.output.note(TEXTS.noPoints);
}

async function show(invocation: Invocation, text: string): Promise<undefined> {
  const client = await invocation.client();
  const point = await client.points.show({ point: await resolvePoint(client, text) });
  await invocation.output.result(point, () => pointDetails(point, invocation.noteLines));
}

async function pin(invocation: Invocation, text: string, pinned: boolean): Promise<undefined> {
  const client = await invocation.client();
  const point = await client.points.pin({ point: await resolvePoint(client, text), pinned });
  await invocation.output.result(point, () => pointTable([point]));
}

async function remove(invocation: Invocation, text: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const point = await resolvePoint(client, text);
  await client.points.remove({ point });
  await tellRemoval(invocation.output, 'point', point);
}
