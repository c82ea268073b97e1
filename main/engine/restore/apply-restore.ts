import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { MessageParams } from '../../../shared/messages/message.ts';
import { ACTIONS } from '../../../shared/messages/words.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { RestoreStep, StepOutcome } from '../../../shared/model/restore.ts';
import type { ApplyOutput, PointView } from '../../sources/contract.ts';
import type { OpenService } from '../open-service.ts';
import type { RunRecorder, StepRecorder } from '../runs/run-recorder.ts';
import { type Journal, type JournalState, type OutcomeName, runsOf } from './journal.ts';
import { restoreRequest } from './plan-restore.ts';
import { readSteps, STEPS_PER_BATCH } from './step-files.ts';

/** As many as steps are read at once. A line is short, but writing it costs as much as sending some steps. */
const OUTCOMES_PER_LINE = STEPS_PER_BATCH;
const MOST_LOGGED_TROUBLES = 50;

export interface ApplyOrder {
  readonly plan: RestorePlan;
  readonly service: string;
  readonly open: OpenService;
  readonly view: PointView;
  /** Directory of the service's step files. */
  readonly steps: string;
  readonly journal: Journal;
  readonly before: JournalState;
}

/** Carries out a service's steps, phase by phase, leaving out what the journal knows to be done. */
export async function applySteps(
  order: ApplyOrder,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const { connection } = order.open;
  const request = restoreRequest(order.plan.order);
  for (const phase of connection.phases) {
    const total = plannedSteps(order, phase.id);
    if (total === 0) continue;
    await recorder.during(`apply ${phase.id}`, order.service, async (step) => {
      step.progress(0, total);
      const outcomes = new PhaseOutcomes(order, phase.id, recorder, step);
      const steps = outcomes.remaining(readSteps(order.steps, phase.id, phase.order));
      await connection.apply(order.view, request, steps, outcomes, signal);
      await outcomes.flush();
      outcomes.refuseGap(total);
    });
  }
}

function plannedSteps(order: ApplyOrder, phase: string): number {
  const service = order.plan.services.find((each) => each.service === order.service);
  const counts = service?.counts ?? [];
  return counts.filter((count) => count.phase === phase).reduce((sum, count) => sum + count.steps, 0);
}

/** Numbers the steps that go to the source and journals what comes back. */
class PhaseOutcomes implements ApplyOutput {
  readonly #order: ApplyOrder;
  readonly #phase: string;
  readonly #recorder: RunRecorder;
  readonly #step: StepRecorder;
  readonly #numbers = new Map<RestoreStep, number>();
  readonly #waiting = new Map<OutcomeName, number[]>();
  #done = 0;
  #logged = 0;

  constructor(order: ApplyOrder, phase: string, recorder: RunRecorder, step: StepRecorder) {
    this.#order = order;
    this.#phase = phase;
    this.#recorder = recorder;
    this.#step = step;
  }

  async *remaining(batches: ReturnType<typeof readSteps>): AsyncGenerator<readonly RestoreStep[]> {
    for await (const batch of batches) {
      const left = batch.filter(
        ({ number }) => !this.#order.before.isDone(this.#order.service, this.#phase, number),
      );
      for (const { number, step } of left) this.#numbers.set(step, number);
      this.#advance(batch.length - left.length);
      if (left.length > 0) yield left.map(({ step }) => step);
    }
  }

  done(step: RestoreStep, outcome: StepOutcome): void | Promise<void> {
    const number = this.#numbers.get(step);
    if (number === undefined)
      throw new HoldfastError('general.unexpected', { problem: detail('step-twice') });
    this.#numbers.delete(step);
    this.#note(step, outcome);
    this.#advance(1);
    const waiting = this.#waiting.get(outcome.outcome) ?? [];
    this.#waiting.set(outcome.outcome, waiting);
    if (waiting.push(number) >= OUTCOMES_PER_LINE) return this.#write(outcome.outcome, waiting.splice(0));
  }

  async flush(): Promise<void> {
    for (const [outcome, steps] of this.#waiting)
      if (steps.length > 0) await this.#write(outcome, steps.splice(0));
    await this.#order.journal.sync();
  }

  /** @throws HoldfastError `engine.steps-missing` when not every planned step came to an outcome */
  refuseGap(planned: number): void {
    if (this.#done === planned) return;
    const { service } = this.#order;
    const params = { service, phase: this.#phase, missing: planned - this.#done };
    throw new HoldfastError('engine.steps-missing', params);
  }

  #write(outcome: OutcomeName, steps: number[]): Promise<void> {
    const { service } = this.#order;
    return this.#order.journal.append({
      line: 'done',
      service,
      phase: this.#phase,
      outcome,
      steps: runsOf(steps),
    });
  }

  #advance(by: number): void {
    this.#done += by;
    this.#step.progress(this.#done);
  }

  #note(step: RestoreStep, outcome: StepOutcome): void {
    this.#recorder.count(outcome.outcome === 'applied' ? step.action : outcome.outcome);
    if (outcome.outcome === 'conflict')
      this.#trouble('conflict', 'restore.conflict', { ...named(step), found: outcome.found });
    if (outcome.outcome === 'failed')
      this.#trouble('incomplete', 'restore.step-failed', { ...named(step), problem: outcome.problem });
  }

  #trouble<C extends 'restore.conflict' | 'restore.step-failed'>(
    state: 'conflict' | 'incomplete',
    code: C,
    ...params: MessageParams<C>
  ): void {
    this.#recorder.conclude(state);
    if (this.#logged++ < MOST_LOGGED_TROUBLES) this.#recorder.log('warning', code, ...params);
  }
}

function named({ action, key }: RestoreStep): { readonly action: Text; readonly key: string } {
  return { action: ACTIONS[action], key: `/${key.join('/')}` };
}
