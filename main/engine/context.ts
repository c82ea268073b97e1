import type { Owner } from '../../shared/model/control.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { KeyStore } from '../secrets/keys.ts';
import type { ArchivePassphrases } from '../secrets/passphrases.ts';
import type { Vault } from '../secrets/vault.ts';
import type { StorageLog } from '../storages/with/log.ts';
import type { ChangeFeed } from './changes/change-feed.ts';
import type { ClusterLoad } from './cluster-load.ts';
import type { DataPaths } from './data-directory.ts';
import type { KeptOpen } from './explore/kept-open.ts';
import type { OpenPlace } from './explore/open-place.ts';
import type { RunBook } from './runs/run-book.ts';
import type { TaskSchedule } from './schedule/task-schedule.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tunnels } from './tunnel/tunnels.ts';

/** What every verb of the engine works with. */
export interface EngineContext {
  readonly paths: DataPaths;
  readonly catalog: Catalog;
  /** Hears of every change to the catalog by itself; of the vault's it is told. */
  readonly changes: ChangeFeed;
  readonly vault: Vault;
  /** What archives are sealed with. */
  readonly keys: KeyStore;
  /** What archives are signed with; ids are public keys. */
  readonly signingKeys: KeyStore;
  readonly passphrases: ArchivePassphrases;
  readonly runs: RunBook;
  readonly schedule: TaskSchedule;
  readonly load: ClusterLoad;
  /** The SSH tunnels of clusters, as far as they are open. */
  readonly tunnels: Tunnels;
  /** What people look around in at the moment. */
  readonly places: KeptOpen<OpenPlace>;
  readonly surroundings: Surroundings;
  /** Who we are in leases and control files; `claim` differs from process to process. */
  readonly owner: Owner & { readonly claim: string };
  /** Hears of every call to a storage, when it ends. */
  readonly storageLog: StorageLog;
  /** Version of Holdfast, as archives name it. */
  readonly version: string;
}
