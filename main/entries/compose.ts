import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { LOCAL_USER } from '../../shared/contract/session.ts';
import type { UserAdministration } from '../../shared/contract/users.ts';
import { runCli } from '../cli/main.ts';
import { nodeWorld } from '../cli/node-world.ts';
import { connectHost, linkTo } from '../cli/session/host-link.ts';
import type { Session } from '../cli/session/session.ts';
import { readHostAnnouncement } from '../engine/data-directory.ts';
import { openEngine } from '../engine/engine.ts';
import { inspectFile } from '../engine/explore/inspect.ts';
import { VERSION } from '../engine/version.ts';
import { AuditLog } from '../host/audit/audit-log.ts';
import { auditingCalls } from '../host/audit/audited-client.ts';
import { readAudit } from '../host/audit/read-audit.ts';
import type { Subject } from '../host/audit/subject.ts';
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
    engines: { findHost: readHostAnnouncement, connectHost, linkTo, openOwn },
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
    users: (dataDirectory) => auditedUsers(usersOf(dataDirectory), auditOf(dataDirectory)),
    readAudit,
  });
  // By now everything is written and closed; a handle that a library left behind must not keep the process.
  process.exit(await runCli(world));
}

function usersOf(dataDirectory: string): Users {
  return new Users(dataDirectory, () => new Date());
}

/** Who works with the data directory itself may do everything in it. */
const LOCAL = { user: LOCAL_USER, role: 'admin', face: 'cli' } as const;

function auditOf(dataDirectory: string): AuditLog {
  const onProblem = (error: unknown) =>
    void process.stderr.write(`audit log: ${error instanceof Error ? error.message : String(error)}\n`);
  return new AuditLog({ dataDirectory, now: () => new Date(), onProblem });
}

function auditedUsers(users: Users, audit: AuditLog): UserAdministration {
  const noted = <T>(verb: string, subject: Subject, work: () => Promise<T>) =>
    audit.noting({ ...LOCAL, procedure: `users.${verb}`, subject }, work);
  return {
    list: () => users.list(),
    add: (name, role, password) => noted('add', { name, role }, () => users.add(name, role, password)),
    set: (name, change) =>
      noted('update', { name, ...(change.role === undefined ? {} : { role: change.role }) }, () =>
        users.set(name, change),
      ),
    revoke: (name) => noted('revoke', { name }, () => users.revoke(name)),
    remove: (name) => noted('remove', { name }, () => users.remove(name)),
  };
}

async function openOwn(dataDirectory: string): Promise<Session> {
  const engine = await openEngine({ dataDirectory });
  const interceptors = [auditingCalls(auditOf(dataDirectory), LOCAL)];
  const client = createRouterClient(engine.router, { interceptors });
  return { client, engine: 'own', close: () => engine.close() };
}
