import { CONTRACT_VERSION } from '../../../shared/contract/contract.ts';
import type { EngineContext } from '../context.ts';
import { clusters } from './clusters.ts';
import { explore } from './explore.ts';
import { api } from './implement.ts';
import { points } from './points.ts';
import { restores } from './restores.ts';
import { runs } from './runs.ts';
import { storages } from './storages.ts';
import { backups, tasks } from './tasks.ts';
import { keys, vault } from './vault.ts';

const system = (engine: EngineContext) => ({
  about: api.system.about.handler(() => ({
    version: engine.version,
    contract: CONTRACT_VERSION,
    dataDirectory: engine.paths.root,
  })),
});

/** The whole contract, carried out by this engine. */
export function createRouter(engine: EngineContext) {
  return api.router({
    system: system(engine),
    clusters: clusters(engine),
    storages: storages(engine),
    tasks: tasks(engine),
    backups: backups(engine),
    runs: runs(engine),
    points: points(engine),
    explore: explore(engine),
    restores: restores(engine),
    vault: vault(engine),
    keys: keys(engine),
  });
}
