import type { RestorePlan } from '../../../shared/model/plan.ts';
import type { PointView } from '../../sources/contract.ts';
import { freePlace, writeChecksums } from '../backup/archive-target.ts';
import { captureArchive } from '../backup/capture-archive.ts';
import type { OpenService } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { undoStorage } from '../points/undo-points.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';
import { restoreRequest } from './plan-restore.ts';

/**
 * Captures everything that the restore may change, before it changes anything. Resolves with the archive's path
 * among the undo points once it would survive a crash. An undo point that is not complete stops the restore:
 * there would be no way back.
 */
export async function takeUndoPoint(
  context: EngineContext,
  plan: RestorePlan,
  service: string,
  open: OpenService,
  view: PointView,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<string> {
  const storage = await undoStorage(context, signal);
  try {
    return await recorder.during('undo point', service, async (step) => {
      const probe = await open.connection.probe(signal);
      const created = context.surroundings.clock.now();
      const naming = { version: probe.version, dataSource: open.driver.dataSource, time: created };
      const place = await freePlace(storage, recorder.id, naming, signal);
      const captured = await captureArchive(
        {
          connection: open.connection,
          selection: open.connection.affected(view, restoreRequest(plan.order)),
          now: () => context.surroundings.clock.now(),
          facts: {
            id: context.surroundings.randomHex(16),
            created,
            source: { id: open.driver.id, service, version: probe.version },
            cluster: { id: plan.cluster, name: plan.clusterName, identity: probe.identity },
            task: null,
            run: { id: recorder.id },
            tool: { name: 'holdfast', version: context.version },
            sensitive: open.driver.kinds.filter((kind) => kind.sensitive === true).map((kind) => kind.kind),
            consent: true,
          },
        },
        storage,
        place.path,
        step,
        signal,
      );
      await writeChecksums(storage, place, captured, signal);
      if (captured.missing.length > 0) {
        recorder.log(
          'warning',
          `the undo point lacks ${captured.missing.length} objects that cannot be read`,
        );
      }
      return place.path;
    });
  } finally {
    await storage.close();
  }
}

/**
 * Removes what an attempt left among its run's undo points without the journal knowing of it: it died before it had
 * changed anything of that service, another undo point will be taken, and a run has one of each service.
 */
export async function discardStrayUndoPoints(
  context: EngineContext,
  run: string,
  journalled: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const storage = await undoStorage(context, signal);
  try {
    const stray: string[] = [];
    for await (const { path } of storage.list(run, signal)) {
      if (!journalled.has(path.replace(/\.(?:md5|sha256)$/, ''))) stray.push(path);
    }
    for (const path of stray) await storage.remove(path, signal);
  } finally {
    await storage.close();
  }
}
