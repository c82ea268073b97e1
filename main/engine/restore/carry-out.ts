import { join } from 'node:path';
import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import { fillBoth } from '../../../shared/errors/text.ts';
import { DAMAGE } from '../../../shared/messages/damage.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { Opening } from '../../../shared/model/target.ts';
import type { PointView } from '../../sources/contract.ts';
import { usingService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { refuseOtherService } from '../definitions/identities.ts';
import type { OpenService } from '../open-service.ts';
import { type FoundArchive, openFound } from '../points/found-archive.ts';
import { pointView } from '../points/point-view.ts';
import { usingArchives } from '../points/using-archives.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';
import { noteProof, recordProof } from '../verify/record-proof.ts';
import { verifyFound } from '../verify/verify-found.ts';
import { applySteps } from './apply-restore.ts';
import { compareRestored } from './compare-restored.ts';
import { Journal, type JournalState, readJournal } from './journal.ts';
import { journalPath, stepDirectory } from './plan-store.ts';
import { knownIdentity, type RestorePair, storedTarget } from './restore-target.ts';
import { sweepUndoPoints } from './sweep-undo-points.ts';
import { tryRestored } from './try-restored.ts';
import { discardStrayUndoPoints, refuseLostUndoPoint, takeUndoPoint } from './undo-point.ts';

/** What a person gave and accepted for a restore. */
export interface Acceptance {
  readonly opening?: Opening | undefined;
  /** Go on though the undo point will lack what the account cannot read. */
  readonly acceptIncompleteUndo?: boolean | undefined;
}

/**
 * Verifies the archives to the last byte, then for each service: undo point, steps, try, comparison.
 * @throws HoldfastError `engine.other-service` before a service is changed that is not the one known
 */
export async function carryOut(
  context: EngineContext,
  plan: RestorePlan,
  acceptance: Acceptance,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  recorder.recount('conflict', 'failed', 'differences');
  const services = plan.services.map(({ service }) => service);
  const restoring = async (archives: readonly FoundArchive[]) => {
    const pairs = plan.services.flatMap(({ service, into }) =>
      archives.filter((archive) => archive.service === service).map((archive) => ({ archive, into })),
    );
    for (const { archive } of pairs) await refuseUnsound(context, archive, recorder, signal);
    const path = journalPath(context, plan.id);
    const before = await readJournal(path);
    await sweepUndoPoints(context, recorder);
    await discardStrayUndoPoints(context, plan.id, new Set(before.undone.values()), signal);
    const journal = await Journal.open(path);
    try {
      for (const pair of pairs) {
        await restoreService({ context, plan, acceptance, pair, journal, before }, recorder, signal);
      }
    } finally {
      await journal.close();
    }
  };
  await usingArchives(context, storedTarget(plan.order), acceptance.opening, signal, restoring, services);
}

/** What it finds is known from then on: neither the overview nor retention takes a damaged point for a good one. */
async function refuseUnsound(
  context: EngineContext,
  archive: FoundArchive,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  for (const parent of archive.parents) await refuseUnsound(context, parent, recorder, signal);
  await recorder.during('verify', archive.service, async (step) => {
    const progress = (done: number, total: number) => step.progress(done, total);
    const verification = await verifyFound(archive, 'content', progress, signal);
    if (verification.sound) {
      // In the catalog alone: no restore waits for whoever holds the task's directory.
      noteProof(context, archive, verification);
      return;
    }
    await recordProof(context, archive, verification, signal).catch((error: unknown) =>
      recorder.log('warning', 'restore.damage-not-noted', { problem: explainError(error).message }),
    );
    const [first] = verification.damage;
    throw new HoldfastError('engine.archive-unsound', {
      archive: archive.name,
      damage: first === undefined ? DAMAGE.unknown : fillBoth(DAMAGE.at, first),
    });
  });
}

interface ServiceRestore {
  readonly context: EngineContext;
  readonly plan: RestorePlan;
  readonly acceptance: Acceptance;
  readonly pair: RestorePair;
  readonly journal: Journal;
  readonly before: JournalState;
}

async function restoreService(
  restore: ServiceRestore,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const { context, plan, pair, journal, before } = restore;
  const { service } = pair.archive;
  const { manifest, records } = await openFound(pair.archive, signal);
  const view = pointView(records, manifest);
  const cluster = context.catalog.clusters.get(plan.cluster);
  await usingService(context, cluster, pair.into, signal, async (open) => {
    const { identity } = await open.connection.probe(signal);
    refuseOtherService(open, cluster.name, identity, knownIdentity(cluster, pair));
    await secureWayBack(restore, open, view, recorder, signal);
    const steps = stepDirectory(context, plan.id, service);
    await applySteps({ plan, service, open, view, steps, journal, before }, recorder, signal);
    // Before the comparison: that also shows whether the try, or one that was killed, left anything.
    await tryRestored(service, open, recorder, signal);
    await compareRestored(plan, service, open, view, recorder, signal);
  });
}

async function secureWayBack(
  restore: ServiceRestore,
  open: OpenService,
  view: PointView,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const { context, plan, acceptance, pair, journal, before } = restore;
  const { archive } = pair;
  const acceptIncomplete = acceptance.acceptIncompleteUndo === true;
  const taken = before.undone.get(archive.service);
  if (taken !== undefined) return refuseLostUndoPoint(context, taken, acceptIncomplete, recorder, signal);
  const path = await takeUndoPoint(
    { context, plan, archive, open, view, acceptIncomplete },
    recorder,
    signal,
  );
  await journal.append({ line: 'undo', service: archive.service, path });
  await journal.sync();
  recorder.log('info', 'restore.undo-point', {
    service: archive.service,
    path: join(context.paths.undo, path),
  });
}
