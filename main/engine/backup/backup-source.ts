import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import { noteText } from '../../../shared/messages/note-text.ts';
import type { JsonObject } from '../../../shared/model/entry.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import { parseOptions } from '../../../shared/options/parse.ts';
import { createSeal } from '../../archive/index.ts';
import type { ProbeReport } from '../../sources/contract.ts';
import type { Storage } from '../../storages/contract.ts';
import type { EngineContext } from '../context.ts';
import { refuseOtherService } from '../definitions/identities.ts';
import type { OpenService } from '../open-service.ts';
import { describeArchive } from '../points/described-archive.ts';
import type { RunRecorder, StepRecorder } from '../runs/run-recorder.ts';
import { type ArchivePlace, freePlace, writeChecksums } from './archive-target.ts';
import { type ArchiveFacts, type CapturedArchive, captureArchive } from './capture-archive.ts';
import type { Protection } from './protection.ts';
import { refuseExposure, sensitiveKinds } from './sensitive-kinds.ts';

const MOST_LOGGED_NOTES = 20;
/** Of capturing under a name that turns out to be taken. */
const MOST_ATTEMPTS = 5;

/** One source of a backup, whether a task names it or a one-off command. */
export interface BackupSource {
  readonly open: OpenService;
  readonly selection: { readonly [name: string]: unknown };
  readonly storage: Storage;
  /** Id of the storage in the catalog. */
  readonly storageId: string;
  /** Where in the storage the archive goes. */
  readonly directory: string;
  readonly protection: Protection;
  readonly consent: boolean;
  readonly cluster: { readonly id: string; readonly name: string };
  readonly task: { readonly id: string; readonly name: string } | null;
}

export interface BackedUp {
  readonly archive: PointArchive;
  readonly identity: JsonObject;
}

/**
 * Captures one source into a new full archive with its checksum files. The archive is committed when it appears
 * under its name: what follows can fail, which makes the run incomplete, and can be repaired by a rescan.
 * @throws HoldfastError `engine.consent-needed` and `engine.other-service` before anything is read.
 */
export async function backupSource(
  context: EngineContext,
  source: BackupSource,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<BackedUp> {
  const { driver, connection, service } = source.open;
  const sealed = source.protection.secrets.length > 0;
  refuseExposure(driver, service.service, { sealed, consent: source.consent });
  return recorder.during('capture', service.service, async (step) => {
    const probe = await connection.probe(signal);
    refuseOtherService(source.open, source.cluster.name, probe.identity);
    const { place, captured } = await captureUnderFreeName(context, source, probe, recorder, step, signal);
    await addChecksums(source, place, captured, recorder, signal);
    report(recorder, source.open, captured);
    return { archive: catalogued(source, place, captured), identity: probe.identity };
  });
}

/** The archive is there whatever becomes of its checksum files, an abort included: nothing here may take it back. */
async function addChecksums(
  { open, storage }: BackupSource,
  place: ArchivePlace,
  captured: CapturedArchive,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  try {
    await writeChecksums(storage, place, captured, signal);
  } catch (error) {
    recorder.conclude('incomplete');
    if (signal.aborted) return;
    const { message } = explainError(error);
    recorder.log('error', 'backup.no-checksums', {
      service: open.service.service,
      path: place.path,
      problem: message,
    });
  }
}

interface Placed {
  readonly place: ArchivePlace;
  readonly captured: CapturedArchive;
}

/** Another installation may give the same name to an archive of the same second: then it is captured once more. */
async function captureUnderFreeName(
  context: EngineContext,
  source: BackupSource,
  probe: ProbeReport,
  recorder: RunRecorder,
  step: StepRecorder,
  signal: AbortSignal,
): Promise<Placed> {
  const { connection, driver, service, dataSource } = source.open;
  const { clock } = context.surroundings;
  const created = clock.now();
  const naming = { version: probe.version, dataSource, time: created };
  const selection = parseOptions(driver.selection, source.selection, service.service) as JsonObject;
  for (let attempt = 1; ; attempt++) {
    const place = await freePlace(source.storage, source.directory, naming, signal);
    const facts = await archiveFacts(context, source, probe, created, recorder.id);
    const order = { connection, selection, facts, now: () => clock.now() };
    try {
      return { place, captured: await captureArchive(order, source.storage, place.path, step, signal) };
    } catch (error) {
      if (!isNameTaken(error) || attempt === MOST_ATTEMPTS) throw error;
      recorder.log('info', 'backup.name-taken', { service: service.service, file: place.fileName });
    }
  }
}

function isNameTaken(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'storage.exists';
}

async function archiveFacts(
  context: EngineContext,
  source: BackupSource,
  probe: ProbeReport,
  created: Date,
  run: string,
): Promise<ArchiveFacts> {
  const { driver, service } = source.open;
  const { secrets, signer } = source.protection;
  const id = context.surroundings.randomHex(16);
  const seal = secrets.length === 0 ? undefined : await createSeal(id, secrets);
  const sensitive = sensitiveKinds(driver);
  return {
    id,
    created,
    source: { id: driver.id, service: service.service, version: probe.version },
    cluster: { id: source.cluster.id, name: source.cluster.name, identity: probe.identity },
    task: source.task === null ? null : { id: source.task.id, name: source.task.name },
    run: { id: run },
    tool: { name: 'holdfast', version: context.version },
    sensitive,
    consent: sensitive.length > 0 && seal === undefined,
    ...(seal === undefined ? {} : { seal }),
    ...(signer === undefined ? {} : { signer }),
  };
}

function report(
  recorder: RunRecorder,
  { driver, service: { service } }: OpenService,
  captured: CapturedArchive,
): void {
  for (const { entries } of Object.values(captured.counts)) recorder.count('captured', entries);
  recorder.count('bytes', captured.size);
  const { notes } = captured.manifest;
  for (const note of notes.slice(0, MOST_LOGGED_NOTES))
    recorder.log('warning', 'backup.note', { service, note: noteText(driver.id, note) });
  const more = notes.length - MOST_LOGGED_NOTES;
  if (more > 0) recorder.log('warning', 'backup.more-notes', { service, more });
  if (!captured.manifest.complete) recorder.conclude('incomplete');
}

function catalogued(source: BackupSource, place: ArchivePlace, captured: CapturedArchive): PointArchive {
  const { manifest, size, sha256 } = captured;
  const { signer } = source.protection;
  return {
    ...describeArchive(manifest),
    ...(signer === undefined ? {} : { signer: signer.publicKey }),
    storage: source.storageId,
    path: place.path,
    size,
    sha256,
  };
}
