import type { MessageKey } from '../i18n/keys.ts';
import type { Translate } from '../i18n/use-text.ts';

/** In the order in which their sources carry them out. */
const PHASES: { readonly [phase: string]: MessageKey } = {
  remove: 'restore:phase.remove',
  write: 'restore:phase.write',
  counters: 'restore:phase.counters',
  protect: 'restore:phase.protect',
  'own-access': 'restore:phase.ownAccess',
  features: 'restore:phase.features',
  'remove-topics': 'restore:phase.removeTopics',
  topics: 'restore:phase.topics',
  configs: 'restore:phase.configs',
  quotas: 'restore:phase.quotas',
  users: 'restore:phase.users',
  offsets: 'restore:phase.offsets',
  allow: 'restore:phase.allow',
  deny: 'restore:phase.deny',
  revoke: 'restore:phase.revoke',
};

const STEPS: { readonly [step: string]: MessageKey } = {
  capture: 'runs:step.capture',
  retain: 'runs:step.retain',
  verify: 'restore:runStep.verify',
  'undo point': 'restore:runStep.undoPoint',
  try: 'restore:runStep.try',
  compare: 'restore:runStep.compare',
};

const APPLY = 'apply ';

/** What a phase of a source does; one that this page does not know keeps its name. */
export function phaseWord(phase: string, t: Translate): string {
  const key = PHASES[phase];
  return key === undefined ? phase : t(key);
}

const ORDER = Object.keys(PHASES);

/** Phases as they are carried out; those that this page does not know stand last, as they came. */
export function inPhaseOrder<T extends { readonly phase: string }>(phases: readonly T[]): readonly T[] {
  const place = ({ phase }: T) => (phase in PHASES ? ORDER.indexOf(phase) : ORDER.length);
  return [...phases].sort((a, b) => place(a) - place(b));
}

/** What a step of a run does; phases of a restore bear their source's names. One that is not known keeps its name. */
export function runStepWord(step: string, t: Translate): string {
  if (step.startsWith(APPLY)) return phaseWord(step.slice(APPLY.length), t);
  const key = STEPS[step];
  return key === undefined ? step : t(key);
}

/** Whether a step counts the bytes that it reads: others count objects. */
export function countsBytes(step: string): boolean {
  return step === 'verify';
}
