import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Engine, openEngine } from '../../main/engine/engine.ts';
import { openLog } from '../../main/host/log.ts';
import { serve } from '../../main/host/serve.ts';
import { Users } from '../../main/secrets/users.ts';
import { StagedClock } from './staged-clock.ts';

export type Client = ReturnType<typeof clientOf>;

/** A host in this process whose date and ids are chosen: what it shows is the same every time. */
export interface Installation extends AsyncDisposable {
  readonly client: Client;
  readonly clock: StagedClock;
  /** Where it and what it stores lie. */
  readonly folder: string;
  readonly url: string;
  readonly link: string;
}

/** Opens it empty in a folder of a name that may be seen in pictures. `pages` is the built renderer. */
export async function openInstallation(name: string, pages: string): Promise<Installation> {
  const folder = join(tmpdir(), name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  const dataDirectory = join(folder, 'data');
  const clock = new StagedClock();
  const surroundings = { clock, random: () => 0.5, randomHex: countedHex(name), hostName: 'backup-1' };
  const engine = await openEngine({ dataDirectory, surroundings });
  const host = await serve(
    {
      dataDirectory,
      address: '127.0.0.1',
      port: 0,
      publicNames: [],
      openFolders: [],
      pages,
      users: new Users(dataDirectory, () => clock.now()),
      log: openLog('error'),
    },
    // Nothing runs by itself: the history is made by hand.
    async () => ({ ...faceOf(engine), startScheduler: () => undefined }),
  );
  return {
    client: clientOf(engine),
    clock,
    folder,
    url: host.url,
    link: host.link,
    async [Symbol.asyncDispose]() {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function faceOf(engine: Engine) {
  return {
    router: engine.router,
    announce: engine.announce.bind(engine),
    isVaultLocked: () => engine.isVaultLocked(),
    close: () => engine.close(),
  };
}

function clientOf(engine: Engine) {
  return createRouterClient(engine.router);
}

/** Digits that look like chance and are none. */
function countedHex(seed: string): (bytes: number) => string {
  let count = 0;
  return (bytes) =>
    createHash('sha512')
      .update(`${seed} ${count++}`)
      .digest('hex')
      .slice(0, 2 * bytes);
}
