import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { type ControlFile, controlFile } from '../../../shared/model/control.ts';
import type { Storage } from '../../storages/contract.ts';
import type { Lease } from './lease.ts';
import { readText, writeText } from './text-object.ts';

/** Name of the control file in a task's directory. */
export const CONTROL_FILE = 'control.json';

/** Ten thousand points of ten sources take a tenth of it; what is longer is not ours. */
const LARGEST_CONTROL_FILE = 256 * 1024 * 1024;

/**
 * The control file of a task's directory; undefined when there is none. Members that this version does not know
 * are kept.
 * @throws HoldfastError `engine.control-damaged`, `engine.control-too-new`
 */
export async function readControl(
  storage: Storage,
  directory: string,
  signal?: AbortSignal,
): Promise<ControlFile | undefined> {
  const path = controlPath(directory);
  const text = await readText(storage, path, LARGEST_CONTROL_FILE, signal);
  return text === undefined ? undefined : parseControl(text, path);
}

/**
 * Changes the control file under the lease of its directory: reads it, confirms the lease and writes the file whole.
 * A change that gives undefined leaves it as it is. Gives what is there now.
 * @throws HoldfastError `engine.lease-lost`, and as `readControl`: a file that cannot be read is not overwritten
 */
export async function updateControl(
  storage: Storage,
  directory: string,
  lease: Lease,
  change: (old: ControlFile | undefined) => ControlFile | undefined,
  signal?: AbortSignal,
): Promise<ControlFile | undefined> {
  const old = await readControl(storage, directory, signal);
  const changed = change(old);
  if (changed === undefined) return old;
  const control = { ...changed, owner: lease.owner, written: lease.now().toISOString() };
  await writeControl(storage, directory, lease, control, signal);
  return control;
}

/**
 * Writes the control file whatever was there, for a rescan that rebuilt it.
 * @throws HoldfastError `engine.lease-lost`
 */
export async function writeControl(
  storage: Storage,
  directory: string,
  lease: Lease,
  control: ControlFile,
  signal?: AbortSignal,
): Promise<void> {
  const text = `${JSON.stringify(controlFile.parse(control), undefined, 2)}\n`;
  await lease.confirm();
  await writeText(storage, controlPath(directory), text, signal ? { signal } : {});
}

function controlPath(directory: string): string {
  return directory === '' ? CONTROL_FILE : `${directory}/${CONTROL_FILE}`;
}

function parseControl(text: string, path: string): ControlFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HoldfastError('engine.control-damaged', { path, problem: detail('not-json') }, error);
  }
  refuseNewer(value, path);
  const result = controlFile.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const problem = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`;
  throw new HoldfastError('engine.control-damaged', { path, problem });
}

/** Another major version may mean something else by the same names. */
function refuseNewer(value: unknown, path: string): void {
  const found = String(Object(value).format);
  const major = /^holdfast-control\/(\d+)\./.exec(found)?.[1];
  if (major !== undefined && major !== '1')
    throw new HoldfastError('engine.control-too-new', { path, found });
}
