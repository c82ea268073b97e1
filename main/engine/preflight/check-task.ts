import { explainError, HoldfastError } from '../../../shared/errors/error.ts';
import type { Cluster } from '../../../shared/model/cluster.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import type { Task, TaskSource } from '../../../shared/model/task.ts';
import { openService, openStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { storageOfTask } from '../definitions/tasks.ts';
import type { OpenService } from '../open-service.ts';
import { checkIdentity } from './identity-check.ts';
import { checkStorage } from './storage-checks.ts';
import { openWay } from './tunnel-checks.ts';

/** Checks everything that a task's next run needs. A check that fails is a result, not an exception. */
export async function* checkTask(
  context: EngineContext,
  task: Task,
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  yield await checkVault(context);
  const cluster = context.catalog.clusters.get(task.cluster);
  const isOpen = yield* checkTunnel(context, cluster, signal);
  for (const source of task.sources) {
    if (isOpen) yield* checkService(context, cluster, source.service, signal);
    yield* checkTarget(context, task, source, signal);
    yield* checkProtection(context, task, source);
  }
}

/** Whether a cluster and its services can be reached, entered and read, and are what was backed up before. */
export async function* checkCluster(
  context: EngineContext,
  cluster: Cluster,
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  if (!(yield* checkTunnel(context, cluster, signal))) return;
  for (const { service } of cluster.services) yield* checkService(context, cluster, service, signal);
}

/** Gives back whether its services can be reached as far as its tunnel goes. */
async function* checkTunnel(
  context: EngineContext,
  cluster: Cluster,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult, boolean> {
  const way = yield* openWay(context, cluster, undefined, signal);
  way?.close();
  return way !== undefined;
}

/** Whether a cluster's service can be reached, entered and read, and is the one that was backed up before. */
async function* checkService(
  context: EngineContext,
  cluster: Cluster,
  service: string,
  signal?: AbortSignal,
): AsyncGenerator<CheckResult> {
  yield* checkOpened(service, cluster.name, () => openService(context, cluster, service, signal), signal);
}

/** The same of a service that `open` opens; it is closed afterwards. */
export async function* checkOpened(
  service: string,
  cluster: string,
  open: () => Promise<OpenService>,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult> {
  let opened: OpenService;
  try {
    opened = await open();
  } catch (error) {
    signal?.throwIfAborted();
    yield failure('source.reachable', service, error);
    return;
  }
  try {
    yield* checkIdentity(opened, cluster, opened.service.identity, signal);
    yield* opened.connection.check('capture', signal);
  } finally {
    await opened.connection.close();
  }
}

async function* checkTarget(
  context: EngineContext,
  task: Task,
  source: TaskSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckResult> {
  const name = context.catalog.storages.find(source.storage)?.name ?? source.unknownStorage?.name ?? '';
  let storage: Awaited<ReturnType<typeof openStorage>>;
  try {
    storage = await openStorage(context, storageOfTask(context, task, source), signal);
  } catch (error) {
    signal?.throwIfAborted();
    yield failure('storage.access', name, error);
    return;
  }
  try {
    const archives = context.catalog.points.archivesIn(source.storage, task.id);
    const last = archives.findLast(({ archive }) => archive.service === source.service);
    yield* checkStorage(storage, name, last?.archive.size, context.surroundings, signal);
  } finally {
    await storage.close();
  }
}

async function checkVault(context: EngineContext): Promise<CheckResult> {
  const of = { check: 'vault.open', subject: 'vault' };
  switch (await context.vault.state()) {
    case 'unlocked':
      return { ...of, result: 'passed', finding: { en: 'The vault is unlocked.', zh: '保险库已解锁。' } };
    case 'absent':
      return {
        ...of,
        result: 'passed',
        finding: { en: 'There is no vault.', zh: '没有保险库。' },
      };
    case 'locked':
      return {
        ...of,
        result: 'failed',
        finding: {
          en: 'The vault is locked: passwords and keys cannot be read.',
          zh: '保险库已锁定：无法读取密码和密钥。',
        },
        remedy: {
          en: 'Unlock it with `holdfast vault unlock`.',
          zh: '请用 `holdfast vault unlock` 解锁。',
        },
      };
  }
}

/** Whether the vault has everything that the source's archives are sealed and signed with. */
async function* checkProtection(
  { keys, signingKeys, passphrases }: EngineContext,
  { id }: Task,
  { service, key, signer, passphrase }: TaskSource,
): AsyncGenerator<CheckResult> {
  if (key !== undefined) yield await checkHeld('archive.key', key, () => keys.secret(key));
  if (passphrase === true) {
    yield await checkHeld('archive.passphrase', service, () => passphrases.current(id, service));
  }
  if (signer !== undefined) {
    yield await checkHeld('archive.signing-key', signer, () => signingKeys.secret(signer));
  }
}

async function checkHeld(check: string, subject: string, take: () => Promise<unknown>): Promise<CheckResult> {
  try {
    await take();
    return { check, subject, result: 'passed', finding: { en: 'It is in the vault.', zh: '它在保险库中。' } };
  } catch (error) {
    const failed = failure(check, subject, error);
    return isLocked(error) ? { ...failed, result: 'unknown' } : failed;
  }
}

/** What a locked vault holds cannot be told. */
function isLocked(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'secrets.locked';
}

function failure(check: string, subject: string, error: unknown): CheckResult {
  const { message, remedy } = explainError(error);
  return { check, subject, result: 'failed', finding: message, remedy };
}
