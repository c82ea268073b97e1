import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { runCli } from '../cli/main.ts';
import { nodeWorld } from '../cli/node-world.ts';
import { connectHost } from '../cli/session/host-link.ts';
import type { Session } from '../cli/session/session.ts';
import { readHostAnnouncement } from '../engine/data-directory.ts';
import { openEngine } from '../engine/engine.ts';
import { inspectFile } from '../engine/explore/inspect.ts';
import { VERSION } from '../engine/version.ts';
import { logStorageCalls, openLog } from '../host/log.ts';
import { serve } from '../host/serve.ts';
import { Users } from '../secrets/users.ts';
import { sourceDrivers } from '../sources/registry.ts';
import { storageDrivers } from '../storages/registry.ts';

/** The built renderer. */
const PAGES = join(import.meta.dirname, '..', '..', 'renderer', 'dist');

/** Runs the command line in this process and ends it with the command's exit code. */
export async function runHere(argv: readonly string[]): Promise<void> {
  const world = nodeWorld(argv, {
    engines: { findHost: readHostAnnouncement, connectHost, openOwn },
    sources: sourceDrivers,
    storages: storageDrivers,
    version: VERSION,
    inspect: inspectFile,
    serve: async ({ logFile, logLevel, vaultPassphrase, ...request }) => {
      const log = openLog(logLevel, logFile);
      const open = (dataDirectory: string) =>
        openEngine({
          dataDirectory,
          ...(vaultPassphrase === undefined ? {} : { vaultPassphrase }),
          storageLog: logStorageCalls(log),
          onScheduleError: (task, error) => log.error({ task, err: error }, 'scheduled run not started'),
        });
      return serve({ ...request, pages: PAGES, users: usersOf(request.dataDirectory), log }, open);
    },
  });
  // By now everything is written and closed; a handle that a library left behind must not keep the process.
  process.exit(await runCli(world));
}

function usersOf(dataDirectory: string): Users {
  return new Users(dataDirectory, () => new Date());
}

async function openOwn(dataDirectory: string): Promise<Session> {
  const engine = await openEngine({ dataDirectory });
  return { client: createRouterClient(engine.router), engine: 'own', close: () => engine.close() };
}
