import { HoldfastError } from '../../../shared/errors/error.ts';
import { noteText } from '../../../shared/messages/note-text.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { RestorePlan } from '../../../shared/model/plan.ts';
import { createSeal } from '../../archive/index.ts';
import type { PointView } from '../../sources/contract.ts';
import { freePlace, writeChecksums } from '../backup/archive-target.ts';
import { type ArchiveFacts, captureArchive } from '../backup/capture-archive.ts';
import { sensitiveKinds } from '../backup/sensitive-kinds.ts';
import type { EngineContext } from '../context.ts';
import type { OpenService } from '../open-service.ts';
import type { FoundArchive } from '../points/found-archive.ts';
import { undoStorage } from '../points/undo-points.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';
import { restoreRequest } from './plan-restore.ts';

export interface UndoOrder {
  readonly context: EngineContext;
  readonly plan: RestorePlan;
  readonly archive: FoundArchive;
  readonly open: OpenService;
  readonly view: PointView;
  /** Go on though what the account cannot read will be missing. */
  readonly acceptIncomplete: boolean;
}

/**
 * Captures everything that the restore may change, before it changes anything. Resolves with the archive's path
 * among the undo points once it would survive a crash. It is sealed with what opens the point, if that is sealed.
 * @throws HoldfastError `engine.undo-point-incomplete` when there would be no full way back and nobody accepted that.
 */
export async function takeUndoPoint(
  order: UndoOrder,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<string> {
  const { context, archive } = order;
  const storage = await undoStorage(context, signal);
  try {
    return await recorder.during('undo point', archive.service, async (step) => {
      const facts = await undoFacts(order, recorder.id, signal);
      const naming = {
        version: facts.source.version,
        dataSource: order.open.dataSource,
        time: facts.created,
      };
      const place = await freePlace(storage, recorder.id, naming, signal);
      const selection = order.open.connection.affected(order.view, restoreRequest(order.plan.order));
      const { connection } = order.open;
      const capture = { connection, selection, facts, now: () => context.surroundings.clock.now() };
      const captured = await captureArchive(capture, storage, place.path, step, signal);
      judgeWayBack(order, captured.missing, recorder);
      await writeChecksums(storage, place, captured, signal);
      return place.path;
    });
  } finally {
    await storage.close();
  }
}

async function undoFacts(
  { context, plan, archive, open }: UndoOrder,
  run: string,
  signal: AbortSignal,
): Promise<ArchiveFacts> {
  const probe = await open.connection.probe(signal);
  const id = context.surroundings.randomHex(16);
  const sealed = archive.manifest.encryption !== null;
  return {
    id,
    created: context.surroundings.clock.now(),
    source: { id: open.driver.id, service: archive.service, version: probe.version },
    cluster: { id: plan.cluster, name: plan.clusterName, identity: probe.identity },
    task: null,
    run: { id: run },
    tool: { name: 'holdfast', version: context.version },
    sensitive: sensitiveKinds(open.driver),
    consent: archive.manifest.consent,
    ...(sealed ? { seal: await createSeal(id, archive.secrets) } : {}),
  };
}

function judgeWayBack(
  { archive, acceptIncomplete }: UndoOrder,
  missing: readonly FidelityNote[],
  recorder: RunRecorder,
): void {
  const [first] = missing;
  if (first === undefined) return;
  const lack = { count: missing.length, first: noteText(archive.manifest.source.id, first) };
  if (!acceptIncomplete) {
    throw new HoldfastError('engine.undo-point-incomplete', { service: archive.service, ...lack });
  }
  recorder.log('warning', 'restore.undo-lacks', lack);
}

/**
 * Refuses to go on without the way back that an earlier attempt took: another one would hold what that one changed.
 * @throws HoldfastError `engine.undo-point-lost` unless that was accepted
 */
export async function refuseLostUndoPoint(
  context: EngineContext,
  path: string,
  accepted: boolean,
  recorder: Pick<RunRecorder, 'log'>,
  signal: AbortSignal,
): Promise<void> {
  const storage = await undoStorage(context, signal);
  try {
    if ((await storage.stat(path, signal)) !== undefined) return;
  } finally {
    await storage.close();
  }
  if (!accepted) throw new HoldfastError('engine.undo-point-lost', { path });
  recorder.log('warning', 'restore.undo-gone', { path });
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
