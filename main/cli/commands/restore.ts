import { Command, Option } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { RestoreOrder, RestorePlan } from '../../../shared/model/plan.ts';
import type { Opening, Target } from '../../../shared/model/target.ts';
import type { Cli } from '../cli.ts';
import { exitCodeWithoutSteps } from '../exit-code.ts';
import { followOwnRun } from '../follow-run.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, type OpeningOptions } from '../options/secret-flags.ts';
import { type FirstSteps, planText } from '../output/plan-text.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveRun, resolveTarget } from '../session/resolve.ts';
import { restoreReportCommand } from './restore-report.ts';

interface RestoreOptions extends OpeningOptions {
  readonly source?: readonly string[];
  readonly select?: readonly string[];
  readonly to?: string;
  readonly into?: string;
  readonly mode: RestoreOrder['mode'];
  readonly dryRun?: true;
  readonly yes?: true;
  readonly confirm?: string;
  readonly acceptIncompleteUndo?: true;
  readonly resume?: string;
  readonly undo?: string;
}

const FIRST_STEPS = 10;

const EXAMPLES = `
First the plan is shown: everything that will change. Then the cluster's name has to be typed, or given with
--confirm. Before the first change an undo point is taken; --undo RUN goes back to it.

Examples:
  holdfast restore latest:nightly --dry-run
  holdfast restore latest:nightly --select /app/config --mode merge
  holdfast restore 3f9a --to staging --into /copy --confirm staging
  holdfast restore --resume 81c2
  holdfast restore --undo 81c2
  holdfast restore report 81c2 --out restore.html`;

/** `restore`: plan, confirm, apply; resume what stopped; undo what was done. */
export function restoreCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('restore')
    .argument('[point]', 'POINT, latest:TASK or FILE')
    .description('bring a cluster back to a recovery point')
    .option('--source <service...>', 'only these services')
    .option('--select <pattern...>', 'only what matches')
    .option('--to <cluster>', 'restore into this cluster (default: where it came from)')
    .option('--into <path>', 'put it below this path instead of where it was')
    .addOption(
      new Option(
        '--mode <mode>',
        'equal also removes what the point does not have; merge only adds and changes',
      )
        .choices(['equal', 'merge'])
        .default('equal'),
    )
    .option('--dry-run', 'show the plan and stop')
    .option('--confirm <cluster>', 'name of the cluster that may be changed, instead of being asked')
    .option(
      '--accept-incomplete-undo',
      'go on though the undo point lacks what cannot be read, or is gone when a restore is resumed',
    )
    .option('--yes', 'change whichever cluster the plan names, without being asked')
    .addOption(
      new Option('--resume <run>', 'go on with a restore that was interrupted or is incomplete').conflicts(
        'undo',
      ),
    )
    .option('--undo <run>', 'take back what a restore did');
  addOpeningFlags(command, groups);
  command.addCommand(restoreReportCommand(cli));
  return command
    .addHelpText('after', EXAMPLES)
    .action((point: string | undefined, options: RestoreOptions) =>
      cli.execute((invocation) => restore(invocation, point, options, groups)),
    );
}

async function restore(
  invocation: Invocation,
  point: string | undefined,
  options: RestoreOptions,
  groups: FlagGroups,
): Promise<number> {
  requireOneTarget(point, options);
  const opening = await invocation.opening(groups, options);
  const client = await invocation.unlockedClient();
  const acceptance = {
    ...(opening === undefined ? {} : { opening }),
    ...(options.acceptIncompleteUndo === true ? { acceptIncompleteUndo: true } : {}),
  };
  if (options.resume !== undefined) {
    const run = await resolveRun(client, options.resume);
    return followOwnRun(invocation, await client.restores.resume({ run, ...acceptance }));
  }
  const from = await readTarget(invocation, point, options);
  const plan = await makePlan(invocation, orderOf(from, options, opening));
  await showPlan(invocation, plan, options.dryRun === true);
  if (options.dryRun === true) return 0;
  requirePassedChecks(plan);
  if (plan.steps === 0) return exitCodeWithoutSteps(plan);
  const confirm = await confirmation(invocation, plan, options);
  return followOwnRun(invocation, await client.restores.start({ plan: plan.id, confirm, ...acceptance }));
}

function requireOneTarget(point: string | undefined, { resume, undo }: RestoreOptions): void {
  const given = [point, resume, undo].filter((value) => value !== undefined);
  if (given.length === 1) return;
  throw new HoldfastError('cli.usage', {
    problem: detail('point-or-run'),
    command: 'holdfast restore',
  });
}

async function readTarget(
  invocation: Invocation,
  point: string | undefined,
  { undo }: RestoreOptions,
): Promise<Target> {
  const { world, output } = invocation;
  const client = await invocation.client();
  return resolveTarget({ world, output, client }, undo === undefined ? (point ?? '') : `undo:${undo}`);
}

function orderOf(from: Target, options: RestoreOptions, opening: Opening | undefined): RestoreOrder {
  const { source = [], select = [], to, into, mode } = options;
  return {
    from,
    services: [...source],
    select: [...select],
    mode,
    ...(to === undefined ? {} : { to }),
    ...(into === undefined ? {} : { into }),
    ...(opening === undefined ? {} : { opening }),
  };
}

async function makePlan(invocation: Invocation, order: RestoreOrder): Promise<RestorePlan> {
  const { output, progress, signal } = invocation;
  const client = await invocation.client();
  for await (const event of await client.restores.plan(order, { signal })) {
    if (event.event === 'planned') {
      await progress.clear();
      return event.plan;
    }
    const { service, done, total } = event;
    const label = output.words(TEXTS.planning, { service });
    await progress.show(label, { done, ...(total === undefined ? {} : { total }) });
  }
  throw new HoldfastError('host.connection-lost', { problem: detail('planning-stopped') });
}

/** A plan is the result of a dry run; before a restore it is only a line of the stream. */
async function showPlan(invocation: Invocation, plan: RestorePlan, dryRun: boolean): Promise<void> {
  const { output } = invocation;
  const first = await firstSteps(invocation, plan);
  await output.result(dryRun ? { plan, first } : { event: 'planned', plan }, () =>
    planText(plan, first, output),
  );
  if (dryRun) await output.note(TEXTS.dryRun);
}

async function firstSteps(invocation: Invocation, plan: RestorePlan): Promise<readonly FirstSteps[]> {
  const client = await invocation.client();
  return Promise.all(
    plan.services.map(async ({ service }) => ({
      service,
      steps: await client.restores.steps({ plan: plan.id, service, offset: 0, limit: FIRST_STEPS }),
    })),
  );
}

function requirePassedChecks(plan: RestorePlan): void {
  const failed = plan.checks.filter((check) => check.result === 'failed').length;
  if (failed > 0) throw new HoldfastError('cli.plan-blocked', { failed });
}

async function confirmation(
  { world, output }: Invocation,
  { clusterName: cluster }: RestorePlan,
  { yes, confirm }: RestoreOptions,
): Promise<string> {
  if (yes === true) return cluster;
  if (confirm !== undefined) return confirm;
  if (!world.interactive || !output.talks) {
    const what = output.words(TEXTS.confirmation);
    throw new HoldfastError('cli.no-terminal', { what, flags: '--confirm NAME' });
  }
  const answer = await world.ask(output.words(TEXTS.confirmQuestion, { cluster }), { hidden: false });
  if (answer.trim() !== cluster) throw new HoldfastError('cli.not-confirmed', { cluster });
  return cluster;
}
