import { HoldfastError } from '../../shared/errors/error.ts';
import type { Text } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';
import { messageText } from '../../shared/messages/message.ts';
import { runStepText } from '../../shared/messages/words.ts';
import type { LogLine, Run, RunEvent, RunStep } from '../../shared/model/run.ts';
import { exitCodeOfRun } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { count } from './output/quantity.ts';
import { runEndText, stateText } from './output/run-text.ts';
import { TEXTS } from './output/texts.ts';

/**
 * Follows a run that this command has started: Ctrl-C cancels it and waits until it has ended cleanly.
 * Gives the exit code.
 */
export async function followOwnRun(invocation: Invocation, run: Run): Promise<number> {
  const client = await invocation.client();
  const cancel = () => {
    void invocation.output.note(TEXTS.cancelling);
    // A run that ended in the meantime cannot be cancelled; following it tells how it ended.
    client.runs.cancel({ run: run.id }).catch(() => undefined);
  };
  return invocation.interruption.handledBy(cancel, () => followRun(invocation, run.id));
}

/** Shows a run's events until it has ended; Ctrl-C only stops looking. Gives the exit code. */
export async function followRun(invocation: Invocation, run: string): Promise<number> {
  const client = await invocation.client();
  const events = await client.runs.watch({ run }, { signal: invocation.signal });
  const announced = new Set<string>();
  for await (const event of events) {
    await invocation.output.event(event);
    const ended = await show(invocation, event, announced);
    if (ended !== undefined) return exitCodeOfRun(ended);
  }
  throw new HoldfastError('host.connection-lost', { problem: detail('events-stopped') });
}

const LOG_LINES: { readonly [level in LogLine['level']]: Text } = {
  info: { en: '{text}', zh: '{text}' },
  warning: { en: 'warning: {text}', zh: '警告：{text}' },
  error: { en: 'error: {text}', zh: '错误：{text}' },
};

async function show(
  invocation: Invocation,
  event: RunEvent,
  announced: Set<string>,
): Promise<Run | undefined> {
  const { output, progress } = invocation;
  switch (event.event) {
    case 'progress':
      await announceEndedSteps(invocation, event.run.steps, announced);
      await showCurrentStep(invocation, event.run.steps);
      return undefined;
    case 'log':
      await progress.clear();
      await output.note(LOG_LINES[event.line.level], { text: messageText(event.line) });
      return undefined;
    case 'ended':
      await announceEndedSteps(invocation, event.run.steps, announced);
      await progress.clear();
      if (!output.options.json) await output.result(event.run, () => runEndText(event.run, output));
      return event.run;
  }
}

async function announceEndedSteps(
  { output, progress }: Invocation,
  steps: readonly RunStep[],
  announced: Set<string>,
): Promise<void> {
  for (const step of steps) {
    const id = `${step.name}\n${step.subject}\n${step.started}`;
    if (step.ended === undefined || announced.has(id)) continue;
    announced.add(id);
    await progress.clear();
    const { name, subject } = step;
    await output.note(TEXTS.stepLine, {
      name: runStepText(name),
      subject,
      state: stateText(step.state, output),
      amount: count(step.done),
    });
  }
}

async function showCurrentStep({ output, progress }: Invocation, steps: readonly RunStep[]): Promise<void> {
  const step = steps.findLast((candidate) => candidate.ended === undefined);
  if (step === undefined) return;
  const { done, total, bytes } = step;
  await progress.show(`${output.words(runStepText(step.name))} ${step.subject}`, {
    done,
    bytes,
    ...(total === undefined ? {} : { total }),
  });
}
