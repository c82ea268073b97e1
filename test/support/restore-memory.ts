import type { Difference, PointView, RestoreRequest, SourceConnection } from '../../main/sources/contract.ts';
import type { FidelityNote } from '../../shared/model/fidelity.ts';
import { type RestoreStep, restoreStep, type StepOutcome } from '../../shared/model/restore.ts';

export interface Planned {
  /** Phase by phase, in the order of each phase, through JSON as a plan file would bring them. */
  readonly steps: readonly RestoreStep[];
  readonly notes: readonly FidelityNote[];
}

export async function planToMemory(
  connection: SourceConnection,
  view: PointView,
  request: RestoreRequest,
): Promise<Planned> {
  const steps: RestoreStep[] = [];
  const notes: FidelityNote[] = [];
  await connection.plan(view, request, {
    step: (step) => {
      steps.push(restoreStep.parse(JSON.parse(JSON.stringify(step))));
    },
    note: (note) => {
      notes.push(note);
    },
    progress: () => {},
  });
  const inOrder = connection.phases.flatMap((phase) => {
    const own = steps.filter((step) => step.phase === phase.id);
    return phase.order === 'forward' ? own : own.reverse();
  });
  return { steps: inOrder, notes };
}

export interface Done {
  readonly step: RestoreStep;
  readonly outcome: StepOutcome;
}

export async function applyFromMemory(
  connection: SourceConnection,
  view: PointView,
  request: RestoreRequest,
  steps: readonly RestoreStep[],
  { signal, onDone }: { signal?: AbortSignal; onDone?: (done: Done) => void } = {},
): Promise<readonly Done[]> {
  const outcomes: Done[] = [];
  let calling = false;
  await connection.apply(
    view,
    request,
    batches(steps),
    {
      async done(step, outcome) {
        if (calling) throw new Error('done was called while it was still waited for');
        calling = true;
        await Promise.resolve();
        calling = false;
        outcomes.push({ step, outcome });
        onDone?.({ step, outcome });
      },
    },
    signal,
  );
  const unsettled = steps.filter((step) => !outcomes.some((done) => done.step === step));
  if (outcomes.length !== steps.length)
    throw new Error(`${unsettled.length} steps have no outcome, or too many`);
  return outcomes;
}

/** Plans, applies, and gives every step with its outcome. */
export async function restoreFromMemory(
  connection: SourceConnection,
  view: PointView,
  request: RestoreRequest,
): Promise<{ readonly done: readonly Done[]; readonly notes: readonly FidelityNote[] }> {
  const { steps, notes } = await planToMemory(connection, view, request);
  return { done: await applyFromMemory(connection, view, request, steps), notes };
}

export async function compareInMemory(
  connection: SourceConnection,
  view: PointView,
  request: RestoreRequest,
): Promise<readonly Difference[]> {
  return (await Array.fromAsync(connection.compare(view, request))).flat();
}

/** `create /a: applied`, for reading assertions. */
export function describeDone({ step, outcome }: Done): string {
  const detail = outcome.outcome === 'conflict' ? ` (${outcome.found.en})` : '';
  const problem = outcome.outcome === 'failed' ? ` (${outcome.problem.en})` : '';
  return `${step.action} /${step.key.join('/')}: ${outcome.outcome}${detail}${problem}`;
}

async function* batches(steps: readonly RestoreStep[]): AsyncGenerator<readonly RestoreStep[]> {
  for (let i = 0; i < steps.length; i += 300) yield steps.slice(i, i + 300);
}
