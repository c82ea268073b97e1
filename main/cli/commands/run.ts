import { Command, Option } from 'commander';
import { messageText } from '../../../shared/messages/message.ts';
import { type LogLine, type RunKind, type RunState, runKind, runState } from '../../../shared/model/run.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Cli } from '../cli.ts';
import { followRun } from '../follow-run.ts';
import type { Invocation } from '../invocation.ts';
import { type PageOptions, pageOf, withPageOptions } from '../options/page.ts';
import { type SpanOptions, spanOf, withSpanOptions } from '../options/span.ts';
import type { Output } from '../output/output.ts';
import { instantText } from '../output/quantity.ts';
import { runDetails, runTable, stateText } from '../output/run-text.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveRun } from '../session/resolve.ts';

interface ListOptions extends PageOptions, SpanOptions {
  readonly kind?: RunKind;
  readonly state?: RunState;
  readonly task?: string;
}

/** `run list|show|watch|cancel|log`: what was and is being done. */
export function runCommand(cli: Cli): Command {
  const command = new Command('run').description(
    'what was and is being done; RUN is an id, its beginning or "latest"',
  );
  const listing = command.command('list').description('list the runs, newest first');
  withSpanOptions(withPageOptions(listing, 'run'), 'run')
    .addOption(new Option('--kind <kind>', 'only runs of this kind').choices(runKind.options))
    .addOption(new Option('--state <state>', 'only runs in this state').choices(runState.options))
    .option('--task <name>', 'only runs of this task')
    .action((options: ListOptions) => cli.execute((invocation) => list(invocation, options)));
  command
    .command('show <run>')
    .description('show one run with its steps and counts')
    .action((run: string) => cli.execute((invocation) => show(invocation, run)));
  command
    .command('watch <run>')
    .description('follow a run to its end and exit as it does; Ctrl-C only stops looking')
    .action((run: string) => cli.execute((invocation) => watch(invocation, run)));
  command
    .command('cancel <run>')
    .description('end a run cleanly; a restore can be resumed afterwards')
    .action((run: string) => cli.execute((invocation) => cancel(invocation, run)));
  command
    .command('log <run>')
    .description('show the log of a run')
    .action((run: string) => cli.execute((invocation) => log(invocation, run)));
  return command;
}

async function list(invocation: Invocation, options: ListOptions): Promise<undefined> {
  const client = await invocation.client();
  const runs = await client.runs.list({
    ...pageOf(options),
    ...spanOf(options),
    ...(options.kind === undefined ? {} : { kinds: [options.kind] }),
    ...(options.state === undefined ? {} : { states: [options.state] }),
    ...(options.task === undefined ? {} : { task: options.task }),
  });
  await invocation.output.result(runs, () => runTable(runs, invocation.output));
  if (runs.length === 0 && options.after === undefined) await invocation.output.note(TEXTS.noRuns);
}

async function show(invocation: Invocation, text: string): Promise<undefined> {
  const client = await invocation.client();
  const run = await client.runs.show({ run: await resolveRun(client, text) });
  await invocation.output.result(run, () => runDetails(run, invocation.output));
}

async function watch(invocation: Invocation, text: string): Promise<number> {
  return followRun(invocation, await resolveRun(await invocation.client(), text));
}

async function cancel(invocation: Invocation, text: string): Promise<undefined> {
  const client = await invocation.client();
  const run = await resolveRun(client, text);
  const { state } = await client.runs.show({ run });
  const running = state === 'running';
  if (running) await client.runs.cancel({ run });
  const { output } = invocation;
  const said = running ? TEXTS.cancelRequested : TEXTS.endedBefore;
  await output.result({ run, cancelling: running }, () => {
    return `${output.words(said, { run, state: stateText(state, output) })}\n`;
  });
}

async function log(invocation: Invocation, text: string): Promise<undefined> {
  const client = await invocation.client();
  const lines = await client.runs.log({ run: await resolveRun(client, text) });
  const { output } = invocation;
  await output.result(lines, () => lines.map((line) => logText(line, output)).join(''));
}

function logText(line: LogLine, { options: { language } }: Output): string {
  const text = printable(messageText(line)[language]);
  return `${instantText(line.at)}  ${line.level.padEnd(7)}  ${text}\n`;
}
