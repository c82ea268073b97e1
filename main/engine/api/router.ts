import { CONTRACT_VERSION } from '../../../shared/contract/contract.ts';
import type { EngineContext } from '../context.ts';
import { showOverview } from '../overview/overview.ts';
import { clusters } from './clusters.ts';
import { drivers } from './drivers.ts';
import { explore } from './explore.ts';
import { type Api, enduring, implementFor } from './implement.ts';
import { points } from './points.ts';
import type { Requests } from './requests.ts';
import { restores } from './restores.ts';
import { runs } from './runs.ts';
import { storages } from './storages.ts';
import { backups, retention, schedules, tasks } from './tasks.ts';
import { keys, vault } from './vault.ts';

const system = (engine: EngineContext, api: Api) => ({
  about: api.system.about.handler(() => ({
    version: engine.version,
    contract: CONTRACT_VERSION,
    dataDirectory: engine.paths.root,
  })),
  changes: api.system.changes.handler(async function* ({ context: { signal } }) {
    yield* engine.changes.watch(signal);
  }),
});

/** The whole contract, carried out by this engine. */
export function createRouter(engine: EngineContext, requests: Requests) {
  const api = implementFor(requests);
  return enduring.router({
    system: system(engine, api),
    drivers: drivers(api),
    overview: { show: api.overview.show.handler(({ context: { signal } }) => showOverview(engine, signal)) },
    clusters: clusters(engine, api),
    storages: storages(engine, api),
    tasks: tasks(engine, api),
    backups: backups(engine, api),
    schedules: schedules(engine, api),
    retention: retention(engine, api),
    runs: runs(engine, api),
    points: points(engine, api),
    explore: explore(engine, api),
    restores: restores(engine, api),
    vault: vault(engine, api),
    keys: keys(engine, api),
  });
}
