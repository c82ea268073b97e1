import type { JsonObject } from '../../../shared/model/entry.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { CaptureOutput, CaptureSummary } from '../contract.ts';
import type { LoadGate } from '../load.ts';
import { CaptureRecords } from './capture-records.ts';
import { ChangeWatch } from './change-watch.ts';
import { EPHEMERAL, ZNODE } from './content.ts';
import { Lanes } from './lanes.ts';
import type { Link } from './link.ts';
import { noteOf, notes, notesFor, type Reason } from './notes.ts';
import { keyOf, pathOf } from './paths.ts';
import { type Repaired, repair } from './repair.ts';
import { scopeAt } from './scope.ts';
import { outermostRoots, selectionScope, watchedRoots, type ZooKeeperSelection } from './selection.ts';
import { PASSED_CODE, UNREADABLE_CODE } from './unseen.ts';
import { walk } from './walk.ts';

/*
 * The position of a ZooKeeper capture:
 *   z0, z1      zxids, decimal: the service's position before the first pass, and at the moment the content is of
 *   consistent  the content is what the service held after one transaction from z0 to z1; how that is known stands
 *               in repair.ts. False: it was read between z0 and z1 and is of no one moment
 *   rounds      rounds of re-reading that it took; 0: nothing happened while the first pass ran
 *   dirty       {total, paths} of what was read again because it changed
 *   unsettled   only when not consistent: {total, paths} of what still changed at the end
 */

const UNREADABLE: Reason = {
  code: UNREADABLE_CODE,
  fidelity: 'partial',
  kind: ZNODE,
};
const PASSED: Reason = {
  code: PASSED_CODE,
  fidelity: 'partial',
  kind: ZNODE,
};
const MASKED: Reason = {
  code: 'acl-masked',
  fidelity: 'partial',
  kind: ZNODE,
};
const ABSENT: Reason = {
  code: 'root-not-found',
  fidelity: 'partial',
  kind: ZNODE,
};
const UNCONFIRMED: Reason = {
  code: 'acl-unconfirmed',
  fidelity: 'equivalent',
  kind: ZNODE,
};

export interface CaptureOptions {
  readonly link: Link;
  readonly gate: LoadGate;
  readonly selection: ZooKeeperSelection;
  readonly mostRounds: number;
  readonly output: CaptureOutput;
  readonly signal?: AbortSignal | undefined;
}

/** Captures what the selection covers, as of one moment if that can be had. */
export async function capture(options: CaptureOptions): Promise<CaptureSummary> {
  const { link, gate, selection, mostRounds, output, signal } = options;
  const scope = selectionScope(selection, link.chroot);
  const watch = new ChangeWatch(link, watchedRoots(selection));
  // Beginning and ending sessions moves the position: they are begun before it is taken and ended after the capture.
  await using lanes = await Lanes.open(link, gate.requestsInFlight, signal);
  try {
    await watch.ensure(signal);
    const era = watch.era;
    const records = new CaptureRecords(output, await link.sync(signal));
    await lanes.sync(records.horizon, signal);
    const onRefused = (path: string): void => records.unvisited(path, true);
    for await (const visited of walk({ link: lanes, gate, scope, signal, onRefused })) {
      for (const node of visited) {
        const written = records.first(node);
        if (written !== undefined) await written;
      }
    }
    // Not before anything that was read: what follows is asked of this session alone.
    const after = await link.sync(signal, lanes.newest);
    const repaired =
      after === records.horizon
        ? undefined
        : await repair({ link, gate, scope, records, watch, era, mostRounds, signal });
    await records.flush();
    for (const note of warnings(options, records, repaired)) output.warn(note);
    return {
      position: positionOf(records, repaired),
      missing: [...notesFor(UNREADABLE, records.unreadable), ...notesFor(MASKED, records.masked)],
      absent: await absentRoots(options),
    };
  } finally {
    await watch.end();
  }
}

/** Roots that were asked for by name and are not there: a misspelt one must not pass for an empty one. */
async function absentRoots({ link, gate, selection, signal }: CaptureOptions): Promise<FidelityNote[]> {
  const paths = outermostRoots(selection).map(pathOf);
  const stats = await gate.run(paths.length, signal, () =>
    link.read((client) => client.readStats(paths, signal && { signal }), signal),
  );
  return paths.filter((_, i) => stats[i] === null).map((path) => noteOf(ABSENT, path));
}

function positionOf(records: CaptureRecords, repaired: Repaired | undefined): JsonObject {
  const consistent = repaired === undefined || repaired.consistent;
  return {
    z0: records.horizon.toString(),
    z1: (repaired?.position ?? records.horizon).toString(),
    consistent,
    rounds: repaired?.rounds ?? 0,
    dirty: records.reread.toJson(),
    ...(consistent ? {} : { unsettled: repaired.unsettled.toJson() }),
  };
}

function* warnings(
  { link, selection }: CaptureOptions,
  records: CaptureRecords,
  repaired: Repaired | undefined,
): Generator<FidelityNote> {
  if (repaired !== undefined && !repaired.consistent) yield notOneMoment(repaired);
  if (repaired !== undefined) yield* notesFor(UNCONFIRMED, repaired.unconfirmed);
  yield* notesFor(PASSED, records.passed);
  if (records.ephemerals > 0) yield ephemeralsLeftOut(records.ephemerals);
  const takesSystem = scopeAt(selectionScope(selection, 'any'), keyOf('/zookeeper')).selected;
  if (link.chroot === '' && takesSystem) yield SYSTEM_LEFT_OUT;
}

function notOneMoment({ rounds, unsettled }: Repaired): FidelityNote {
  return notes.sentence(
    { code: 'not-one-moment', fidelity: 'partial', kind: ZNODE },
    { rounds, unsettled: unsettled.total },
  );
}

function ephemeralsLeftOut(total: number): FidelityNote {
  return notes.sentence({ code: 'ephemeral-not-restored', fidelity: 'operator', kind: EPHEMERAL }, { total });
}

const SYSTEM_LEFT_OUT = notes.sentence(
  { code: 'system-nodes-left-out', fidelity: 'operator', kind: ZNODE },
  { path: '/zookeeper' },
);
