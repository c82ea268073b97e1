import { describe, expect, it } from 'vitest';
import { backupSource } from '../../../main/engine/backup/backup-source.ts';
import type { EngineContext } from '../../../main/engine/context.ts';
import { RunRecorder } from '../../../main/engine/runs/run-recorder.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import zookeeper from '../../../main/sources/zookeeper/driver.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Run } from '../../../shared/model/run.ts';
import { all } from '../../storages/bytes.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { replacing } from '../../storages/replacing.ts';
import { storageContext } from '../../storages/storage-context.ts';
import { withFaults } from '../../storages/with-faults.ts';
import { id } from '../catalog/sample.ts';

const RUN: Run = {
  id: id(1),
  kind: 'backup',
  state: 'running',
  reason: 'person',
  started: '2026-01-01T00:00:00.000Z',
  steps: [],
  counts: {},
};

const context = {
  version: '0',
  surroundings: { clock: systemClock, randomHex: storageContext.randomHex },
} as unknown as EngineContext;

/** A service with one node. */
const connection: Pick<SourceConnection, 'probe' | 'capture'> = {
  probe: async () => ({ version: '3.9.0', identity: {}, facts: [] }),
  capture: async (_selection, output) => {
    await output.put({ kind: 'znode', key: ['app'], content: { text: 'x' }, observed: {} });
    return { position: {}, missing: [], absent: [] };
  },
};

/** Backs the service up into a storage; gives what came of it. */
async function backUp(storage: Storage, abort = new AbortController()) {
  const log: string[] = [];
  const listener = {
    changed: () => {},
    logged: ({ level, text }: { level: string; text: string }) => void log.push(`${level}: ${text}`),
  };
  const recorder = new RunRecorder(RUN, () => new Date(), listener, abort.signal);
  const source = {
    open: {
      driver: zookeeper,
      connection: connection as SourceConnection,
      dataSource: 'ZooKeeper',
      service: { source: 'zookeeper', service: 'ZooKeeper', options: {} },
    },
    selection: {},
    storage,
    storageId: id(2),
    directory: 'task',
    protection: { secrets: [] },
    consent: true,
    cluster: { id: id(3), name: 'zk' },
    task: null,
  };
  const { archive } = await backupSource(context, source, recorder, abort.signal);
  recorder.finish();
  return { archive, log, state: recorder.run.state };
}

const isChecksum = (path: string) => /\.(sha256|md5)$/.test(path);

describe('an archive whose checksum files cannot be written', () => {
  it('is a point all the same, and the run is incomplete and says why', async () => {
    const memory = new MemoryStorage();
    const error = new HoldfastError('storage.full', { path: 'the checksum' });
    const storage = withFaults(
      memory,
      ({ call, path }) => (call === 'write' && isChecksum(path) ? { kind: 'error', error } : undefined),
      async () => {},
    );
    const { archive, log, state } = await backUp(storage);
    expect(state).toBe('incomplete');
    expect(log).toEqual([
      expect.stringMatching(/^error: ZooKeeper: the archive .* is safe.*storage is full/),
    ]);
    const stored = await all(memory.list(''));
    expect(stored.map(({ path, size }) => ({ path, size }))).toEqual([
      { path: archive.path, size: archive.size },
    ]);
  });

  it('because the run is cancelled is handed over before it ends', async () => {
    const memory = new MemoryStorage();
    const abort = new AbortController();
    const storage = replacing(memory, {
      write: async (path, data, options) => {
        if (isChecksum(path)) abort.abort(new HoldfastError('general.cancelled', { what: 'The run' }));
        return memory.write(path, data, options);
      },
    });
    const { archive, log } = await backUp(storage, abort);
    expect((await all(memory.list(''))).map(({ path }) => path)).toEqual([archive.path]);
    expect(log).toEqual([]);
  });
});
