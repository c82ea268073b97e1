import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import type { PreferenceFile } from '../preferences.ts';
import { canRunHost, hostProgram } from './engine-place.ts';
import { findHost } from './find-host.ts';
import { forkUtility } from './fork-utility.ts';
import type { RawChild } from './host-child.ts';
import { startOwnHost } from './own-host.ts';
import { spawnNode } from './spawn-node.ts';
import { type HostState, HostSupervisor } from './supervisor.ts';

/** Where the host of the window comes from. */
export interface HostSource {
  /** Tells of each new state; called once. */
  start(tell: (state: HostState) => void): void;
  retry(): void;
  /** Resolves when a host of our own is gone. */
  stop(): Promise<void>;
}

/** The host of a data directory: the one that has it, else one of our own. */
export function hostOfDirectory(dataDirectory: string, preferences: PreferenceFile): HostSource {
  let supervisor: HostSupervisor | undefined;
  const own = {
    dataDirectory,
    logFile: join(app.getPath('userData'), 'host.log'),
    start: startEntry,
    lastPort: () => preferences.read().port,
    rememberPort: (port: number) => preferences.write({ port }),
  };
  return {
    start: (tell) => {
      supervisor = new HostSupervisor(
        {
          find: () => findHost(dataDirectory),
          launch: (signal) => startOwnHost(own, signal),
          now: () => performance.now(),
          delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        },
        tell,
      );
      supervisor.start();
    },
    retry: () => supervisor?.retry(),
    stop: async () => supervisor?.stop(),
  };
}

/** A host that somebody else runs, at an origin. The page signs in by itself, and tells when it is not there. */
export function hostElsewhere(origin: string): HostSource {
  const never = new Promise<never>(() => {});
  let again = () => {};
  return {
    start: (tell) => {
      again = () =>
        tell({ state: 'up', host: { url: origin, isOwn: false, ended: never, stop: async () => {} } });
      again();
    },
    retry: () => again(),
    stop: async () => {},
  };
}

/** Electron's own Node where it is new enough, else the engine's. */
function startEntry(args: readonly string[]): RawChild {
  const { platform, resourcesPath, versions, features } = process;
  const { isPackaged } = app;
  const program = hostProgram({ isPackaged, resourcesPath, shell: app.getAppPath(), platform });
  const isNewEnough = canRunHost(versions.node, Reflect.get(features, 'typescript'));
  return isNewEnough
    ? forkUtility((...each) => utilityProcess.fork(...each), program.entry, args)
    : spawnNode(program.node, program.entry, args);
}
