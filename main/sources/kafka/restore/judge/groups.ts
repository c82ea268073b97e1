import type { Entry } from '../../../../../shared/model/entry.ts';
import type { CommittedOffset } from '../../../../protocols/kafka/index.ts';
import { groupContent, type OffsetsContent, offsetsContent } from '../../content.ts';
import type { LogBounds } from '../../entries.ts';
import { isInactiveState } from '../group-state.ts';
import {
  AS_WANTED,
  type Circumstances,
  changeStep,
  createStep,
  fingerprint,
  type Judge,
  judgeExtra,
  nameOf,
} from '../judgement.ts';
import type { LogSpace } from '../log-space.ts';
import { type Finding, finding } from '../notes.ts';
import { GROUP_ACTIVE, GROUP_EMPTY, NO_LOG, OFFSETS_CLAMPED } from '../reasons.ts';

const DRAFT = { phase: 'offsets', fidelity: 'equivalent', members: ['partitions'] } as const;
/** A group is there when it has offsets or members; what kind it is its members decide. */
export const judgeGroup: Judge = ({ left: wanted, right: live }, circumstances) => {
  if (live === undefined) {
    return wanted === undefined ? AS_WANTED : { steps: [], findings: [finding(GROUP_EMPTY, nameOf(wanted))] };
  }
  const state = String(live.observed.state ?? '');
  const active = finding(GROUP_ACTIVE, nameOf(live), { state });
  const findings = isInactiveState(state) ? [] : [active];
  if (wanted !== undefined) return { steps: [], findings };
  const { type } = groupContent(live);
  return judgeExtra(live, circumstances, { type }, { phase: 'offsets', fidelity: 'exact' }, findings);
};

/** A group's offsets in one topic. */
export const judgeOffsets: Judge = ({ left: wanted, right: live }, circumstances) => {
  if (wanted === undefined) {
    return live === undefined ? AS_WANTED : judgeExtra(live, circumstances, versionOf(live), DRAFT);
  }
  const { offsets, clamped, homeless } = reachable(wanted, live, circumstances.logs);
  const name = nameOf(wanted);
  const findings: Finding[] = [];
  if (clamped > 0) findings.push(finding(OFFSETS_CLAMPED, name, { partitions: clamped }));
  if (homeless > 0) findings.push(finding(NO_LOG, name, { partitions: homeless }));
  const { set, drop } = offsetsChange(wanted, offsets, live, circumstances.mode);
  const difference = live === undefined ? [] : ['partitions'];
  if (set.length === 0 && drop.length === 0) {
    return { steps: [], findings, ...(homeless === 0 ? {} : { difference }) };
  }
  const fidelity = clamped + homeless > 0 ? 'partial' : 'equivalent';
  const step =
    live === undefined
      ? createStep(wanted, { ...DRAFT, fidelity })
      : changeStep(wanted, versionOf(live), { ...DRAFT, fidelity });
  return { steps: [step], findings, difference };
};

export interface OffsetsChange {
  readonly set: readonly CommittedOffset[];
  /** Partitions whose offsets the point does not have. */
  readonly drop: readonly number[];
}

/** What makes a group's live offsets in a topic those of the point. */
export function plannedOffsets(
  wanted: Entry,
  live: Entry | undefined,
  { logs, mode }: Circumstances,
): OffsetsChange {
  return offsetsChange(wanted, reachable(wanted, live, logs).offsets, live, mode);
}

function offsetsChange(
  wanted: Entry,
  offsets: readonly CommittedOffset[],
  live: Entry | undefined,
  mode: Circumstances['mode'],
): OffsetsChange {
  const now = new Map(partitionsOf(live).map(([partition, ...rest]) => [partition, rest]));
  const set = offsets.filter(({ partition, offset, metadata }) => {
    const [liveOffset, liveMetadata] = now.get(partition) ?? [];
    return liveOffset !== offset || (liveMetadata ?? '') !== (metadata ?? '');
  });
  if (mode === 'merge') return { set, drop: [] };
  const known = new Set(partitionsOf(wanted).map(([partition]) => partition));
  return { set, drop: [...now.keys()].filter((partition) => !known.has(partition)) };
}

interface Reachable {
  readonly offsets: readonly CommittedOffset[];
  /** Partitions whose log does not reach to the offset. */
  readonly clamped: number;
  /** Partitions without a log. */
  readonly homeless: number;
}

/**
 * The offsets of the point as far as there are logs for them. One that the group has is left as it is: retention
 * moves the start of a log past what groups have read, without any of them being wrong.
 */
function reachable(wanted: Entry, live: Entry | undefined, logs: LogSpace): Reachable {
  const now = new Map(partitionsOf(live).map(([partition, offset]) => [partition, offset]));
  const topic = wanted.key[2] ?? '';
  const offsets: CommittedOffset[] = [];
  let clamped = 0;
  let homeless = 0;
  for (const [partition, offset, metadata] of partitionsOf(wanted)) {
    if (now.get(partition) === offset) {
      offsets.push({ topic, partition, offset, metadata });
      continue;
    }
    const bounds = logs.bounds(topic, partition);
    if (bounds === undefined) {
      homeless++;
      continue;
    }
    const within = clamp(offset, bounds);
    if (within !== offset) clamped++;
    offsets.push({ topic, partition, offset: within, metadata });
  }
  return { offsets, clamped, homeless };
}

function clamp(offset: bigint, [start, end]: LogBounds): bigint {
  if (offset < start) return start;
  return offset > end ? end : offset;
}

function partitionsOf(entry: Entry | undefined): OffsetsContent['partitions'] {
  return entry === undefined ? [] : offsetsContent(entry).partitions;
}

function versionOf(live: Entry): { readonly partitions: string } {
  return { partitions: fingerprint(live.content.partitions ?? null) };
}
