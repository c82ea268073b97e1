import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Cli } from '../cli.ts';
import { exitCodeOfChecks } from '../exit-code.ts';
import { followOwnRun } from '../follow-run.ts';
import type { Invocation } from '../invocation.ts';
import { showChecks } from '../output/checks.ts';
import { tellRemoval } from '../output/removal.ts';
import { taskTable } from '../output/task-text.ts';
import { TEXTS } from '../output/texts.ts';
import { renameCommand } from './rename.ts';
import { taskCreateCommand } from './task-create.ts';
import { taskEstimateCommand, taskRetentionCommand } from './task-forecast.ts';
import { taskSetCommand } from './task-set.ts';
import { tellTask } from './tell-task.ts';

/** `task create|set|rename|clone|estimate|retention|list|show|check|run|pause|resume|remove`: saved definitions of backups. */
export function taskCommand(cli: Cli): Command {
  const command = new Command('task').description('saved definitions of backups');
  command.addCommand(taskCreateCommand(cli));
  command.addCommand(taskSetCommand(cli));
  command.addCommand(renameCommand(cli, 'task'));
  command.addCommand(taskEstimateCommand(cli));
  command.addCommand(taskRetentionCommand(cli));
  command
    .command('clone <name> <as>')
    .description('make a task like another one; with a schedule it begins paused')
    .action((name: string, as: string) => cli.execute((invocation) => clone(invocation, name, as)));
  command
    .command('list')
    .description('list the tasks with their last and next runs')
    .action(() => cli.execute(list));
  command
    .command('show <name>')
    .description('show one task')
    .action((name: string) => cli.execute((invocation) => show(invocation, name)));
  command
    .command('check <name>')
    .description('check whether the task could run now; a failed check gives exit code 3')
    .action((name: string) => cli.execute((invocation) => check(invocation, name)));
  command
    .command('run <name>')
    .description('run the task now and wait for its end; Ctrl-C cancels the run')
    .option('--detach', 'let a running host do it and return at once')
    .action((name: string, options: RunOptions) =>
      cli.execute((invocation) => runTask(invocation, name, options)),
    );
  command
    .command('pause <name>')
    .description('stop running the task by schedule')
    .action((name: string) => cli.execute((invocation) => pause(invocation, name, true)));
  command
    .command('resume <name>')
    .description('run a paused task by schedule again')
    .action((name: string) => cli.execute((invocation) => pause(invocation, name, false)));
  command
    .command('remove <name>')
    .description('forget a task; its recovery points stay')
    .action((name: string) => cli.execute((invocation) => remove(invocation, name)));
  return command;
}

interface RunOptions {
  readonly detach?: true;
}

async function list(invocation: Invocation): Promise<undefined> {
  const client = await invocation.client();
  const tasks = await client.tasks.list({});
  await invocation.output.result(tasks, () => taskTable(tasks, invocation.output));
  if (tasks.length === 0) await invocation.output.note(TEXTS.noTasks);
}

async function show(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.client();
  await tellTask(invocation, await client.tasks.show({ name }));
}

async function clone(invocation: Invocation, name: string, as: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  await tellTask(invocation, await client.tasks.clone({ name, as }));
}

async function check(invocation: Invocation, name: string): Promise<number> {
  const client = await invocation.unlockedClient();
  const checks = await client.tasks.check({ name }, { signal: invocation.signal });
  return exitCodeOfChecks(await showChecks(checks, invocation.output));
}

async function runTask(invocation: Invocation, name: string, { detach }: RunOptions): Promise<number> {
  const session = await invocation.session();
  const { output } = invocation;
  if (detach === true && session.engine === 'own') {
    throw new HoldfastError('cli.usage', {
      problem: output.words(TEXTS.detachNeedsHost),
      command: 'holdfast task run',
    });
  }
  const client = await invocation.unlockedClient();
  const run = await client.tasks.run({ name });
  if (detach !== true) return followOwnRun(invocation, run);
  await output.result(run, () => `${output.words(TEXTS.runStarted, { run: run.id })}\n`);
  return 0;
}

async function pause(invocation: Invocation, name: string, paused: boolean): Promise<undefined> {
  const client = await invocation.client();
  const view = await client.tasks.pause({ name, paused });
  const { output } = invocation;
  await output.result(view, () => `${output.words(paused ? TEXTS.paused : TEXTS.resumed, { name })}\n`);
}

async function remove(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.client();
  await client.tasks.remove({ name });
  await tellRemoval(invocation.output, 'task', name);
}
