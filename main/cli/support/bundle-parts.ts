import { asOurs } from '../../../shared/contract/reported.ts';
import { reportError } from '../../../shared/errors/error.ts';
import type { Client } from '../session/client.ts';
import type { World } from '../world.ts';
import type { BundlePart } from './bundle-part.ts';
import { redactText, redactValue } from './redact.ts';

/** Runs whose logs are in a bundle, and lines of each. */
const MOST_RUNS = 20;
const MOST_LOG_LINES = 1000;
const MOST_AUDIT_ENTRIES = 500;
/** Bytes of the host's log, from its end. */
const MOST_HOST_LOG = 1024 * 1024;

export interface BundleSources {
  readonly world: World;
  readonly dataDirectory: string;
  /** The engine; it may not open, which is a thing to know too. */
  readonly client: () => Promise<Client>;
  readonly hostLog?: string;
}

/**
 * What somebody needs who looks for a fault from afar: versions, definitions, the last runs with their logs, the log
 * of the host, the audit log. Secrets are not in it: the engine gives none away, and what looks like one is hidden. A
 * part that cannot be had says why.
 */
export async function* bundleParts(sources: BundleSources): AsyncGenerator<BundlePart> {
  const { world, dataDirectory, client, hostLog } = sources;
  const value = (name: string, get: () => Promise<unknown>) => valuePart(name, get);
  yield await value('versions.json', async () => versions(world, dataDirectory));
  yield await value('about.json', async () => (await client()).system.about({}));
  yield await value('clusters.json', async () => (await client()).clusters.list({}));
  yield await value('storages.json', async () => (await client()).storages.list({}));
  yield await value('tasks.json', async () => (await client()).tasks.list({}));
  yield await value('vault.json', async () => (await client()).vault.state({}));
  yield await value('audit.json', () => world.readAudit(dataDirectory, { limit: MOST_AUDIT_ENTRIES }));
  yield await value('runs.json', async () => (await client()).runs.list({ limit: MOST_RUNS }));
  for (const run of await lastRuns(client)) {
    const lastLines = async () => (await (await client()).runs.log({ run })).slice(-MOST_LOG_LINES);
    yield await value(`run-${run}.json`, lastLines);
  }
  if (hostLog !== undefined) yield await hostLogPart(world, hostLog);
}

function versions(world: World, dataDirectory: string): object {
  const { version, platform, timeZone } = world;
  return {
    holdfast: version,
    platform,
    timeZone,
    dataDirectory,
    made: world.date().toISOString(),
    ...world.runtime,
  };
}

async function lastRuns(client: () => Promise<Client>): Promise<readonly string[]> {
  try {
    return (await (await client()).runs.list({ limit: MOST_RUNS })).map(({ id }) => id);
  } catch {
    // `runs.json` tells why.
    return [];
  }
}

async function valuePart(name: string, get: () => Promise<unknown>): Promise<BundlePart> {
  const value = await get().catch((error: unknown) => ({ notThere: reportError(asOurs(error)) }));
  return { name, text: `${JSON.stringify(redactValue(value), undefined, 2)}\n` };
}

async function hostLogPart(world: World, path: string): Promise<BundlePart> {
  const text = await world.readFile(path).then(
    (whole) => whole.slice(-MOST_HOST_LOG),
    (error: unknown) => `not there: ${asOurs(error).message}\n`,
  );
  return { name: 'host.log', text: text.split('\n').map(redactLine).join('\n') };
}

/** Lines of the host's log are JSON; one that was cut in two, or is none, is a text. */
function redactLine(line: string): string {
  try {
    return JSON.stringify(redactValue(JSON.parse(line)));
  } catch {
    return redactText(line);
  }
}
