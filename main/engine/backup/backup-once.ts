import { defaultLimits } from '../../../shared/model/cluster.ts';
import type { Run } from '../../../shared/model/run.ts';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { taskDirectoryName } from '../../archive/index.ts';
import { LoadGate } from '../../sources/load.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import { findStorageDriver } from '../../storages/registry.ts';
import { connectSource, openStorageWith } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import { backupSource } from './backup-source.ts';
import { type ProtectionWish, protectionOf } from './protection.ts';
import { refuseExposure } from './sensitive-kinds.ts';

export interface OneOffBackup extends ProtectionWish {
  readonly source: { readonly driver: string; readonly options: RawOptions };
  readonly selection: RawOptions;
  readonly storage: { readonly driver: string; readonly options: RawOptions };
  /** Takes the place of a task's name in the directory. */
  readonly name: string;
  readonly consent: boolean;
}

/**
 * Backs up one source with nothing saved: no cluster, no task, no point in the catalog. What it leaves is the
 * archive; its manifest says where it came from.
 * @throws HoldfastError `general.invalid-input`, `engine.consent-needed` before anything is read.
 */
export function startOneOffBackup(context: EngineContext, wish: OneOffBackup): Run {
  const driver = findSourceDriver(wish.source.driver);
  parseOptions(driver.options, wish.source.options, driver.label.en);
  parseOptions(driver.selection, wish.selection, driver.label.en);
  const storageDriver = findStorageDriver(wish.storage.driver);
  parseOptions(storageDriver.options, wish.storage.options, storageDriver.label.en);
  const sealed = wish.key !== undefined || wish.passphrase !== undefined;
  refuseExposure(driver, driver.dataSource, { sealed, consent: wish.consent });
  return context.runs.start({ kind: 'backup', reason: 'person' }, async (recorder, signal) => {
    const protection = await protectionOf(context, wish);
    const storage = await openStorageWith(context, { name: wish.name, ...wish.storage }, signal);
    try {
      const gate = new LoadGate(defaultLimits('production'));
      const connection = await connectSource(context, driver, wish.source.options, { gate }, signal);
      try {
        const { archive } = await backupSource(
          context,
          {
            open: {
              driver,
              connection,
              dataSource: driver.dataSource,
              service: { source: driver.id, service: driver.dataSource, options: {} },
            },
            selection: wish.selection,
            storage,
            storageId: '0'.repeat(16),
            directory: taskDirectoryName(wish.name, context.surroundings.clock.now()),
            protection,
            consent: wish.consent,
            cluster: { id: '', name: wish.name },
            task: null,
          },
          recorder,
          signal,
        );
        recorder.log('info', 'backup.archive', { path: archive.path });
      } finally {
        await connection.close();
      }
    } finally {
      await storage.close();
    }
  });
}
