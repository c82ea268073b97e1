import { createHash } from 'node:crypto';
import type { Entry, Json, JsonObject } from '../../../../shared/model/entry.ts';
import type { Fidelity } from '../../../../shared/model/fidelity.ts';
import type { RestoreStep } from '../../../../shared/model/restore.ts';
import type { RestoreRequest } from '../../contract.ts';
import type { EntryPair } from './entry-pair.ts';
import type { LogSpace } from './log-space.ts';
import { type Finding, finding } from './notes.ts';
import type { PhaseId } from './phases.ts';
import { UNSEEN } from './reasons.ts';
import type { Site } from './site.ts';
import type { Unseen } from './unseen.ts';

/** What a judge has to know beside the pair. */
export interface Circumstances {
  readonly mode: RestoreRequest['mode'];
  readonly site: Site;
  readonly unseen: Unseen;
  readonly logs: LogSpace;
}

/**
 * What is to be done about a pair. Planning, comparing and applying all ask the same judge: a step is applied when it
 * is still what the judge says, bound to the same live version.
 */
export interface Judgement {
  readonly steps: readonly RestoreStep[];
  readonly findings: readonly Finding[];
  /** Members that differ from what a restore wants, whether or not it can do anything about it; undefined: none. */
  readonly difference?: readonly string[];
}

export type Judge = (pair: EntryPair, circumstances: Circumstances) => Judgement;

export const AS_WANTED: Judgement = { steps: [], findings: [] };

/** What tells one version of a live object from another; for `expect`. */
export function fingerprint(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}

interface StepDraft {
  readonly phase: PhaseId;
  readonly fidelity: Fidelity;
  readonly members?: readonly string[];
}

export function createStep(wanted: Entry, { phase, fidelity, members = [] }: StepDraft): RestoreStep {
  return {
    ...stepOf(wanted, phase, fidelity, members),
    action: 'create',
    from: [...wanted.key],
    expect: null,
  };
}

export function changeStep(
  wanted: Entry,
  expect: JsonObject,
  { phase, fidelity, members = [] }: StepDraft,
): RestoreStep {
  return { ...stepOf(wanted, phase, fidelity, members), action: 'change', from: [...wanted.key], expect };
}

export function removeStep(live: Entry, expect: JsonObject, { phase, fidelity }: StepDraft): RestoreStep {
  return { ...stepOf(live, phase, fidelity, []), action: 'remove', expect };
}

function stepOf(
  { kind, key }: Entry,
  phase: PhaseId,
  fidelity: Fidelity,
  members: readonly string[],
): Pick<RestoreStep, 'phase' | 'kind' | 'key' | 'members' | 'fidelity'> {
  return { phase, kind, key: [...key], members: [...members], fidelity };
}

/** An object's name for people. */
export function nameOf({ key }: Pick<Entry, 'key'>): string {
  return key.slice(1).join('/');
}

/** What the live cluster has and the point has not: removed when it is to be made equal. */
export function judgeExtra(
  live: Entry,
  { mode, unseen }: Circumstances,
  expect: JsonObject,
  draft: StepDraft,
  findings: readonly Finding[] = [],
): Judgement {
  if (mode === 'merge') return AS_WANTED;
  if (unseen.covers(live)) {
    return { steps: [], findings: [finding({ ...UNSEEN, kind: live.kind }, nameOf(live))] };
  }
  return { steps: [removeStep(live, expect, draft)], findings, difference: [] };
}
