import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { captureArchive } from '../../../main/engine/backup/capture-archive.ts';
import type { SourceConnection } from '../../../main/sources/contract.ts';
import type { Storage } from '../../../main/storages/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';

const text = 'x'.repeat(100_000);

/** Puts entries until somebody stops it. */
const endless: Pick<SourceConnection, 'capture'> = {
  capture: async (_selection, output) => {
    for (let i = 0; ; i++) {
      await output.put({
        kind: 'znode',
        key: [String(i).padStart(9, '0')],
        content: { text: `${i}${text}` },
        observed: {},
      });
      await setImmediate();
    }
  },
};

/** Takes one piece, lets go of the rest, and says only some turns later why. */
const full: Pick<Storage, 'write'> = {
  write: async (path, data) => {
    for await (const _piece of data) break;
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    throw new HoldfastError('storage.full', { path });
  },
};

const order = {
  connection: endless as SourceConnection,
  selection: {},
  facts: {
    id: 'ab'.repeat(16),
    created: new Date(0),
    source: { id: 'zookeeper', service: 'ZooKeeper', version: null },
    cluster: { id: 'c', name: 'c', identity: {} },
    task: null,
    run: { id: 'r' },
    tool: { name: 'holdfast', version: '0' },
    sensitive: [],
    consent: false,
  },
  now: () => new Date(0),
};

const step = { progress: () => undefined, addBytes: () => undefined, end: () => undefined };

describe('capturing into an archive', () => {
  it('fails with what the storage says, though that comes after it let go of the bytes', async () => {
    const never = new AbortController().signal;
    await expect(captureArchive(order, full as Storage, 'a.tar.gz', step, never)).rejects.toMatchObject({
      code: 'storage.full',
    });
  });

  it('fails with the reason of an abort, whatever the storage says then', async () => {
    const abort = new AbortController();
    const reason = new HoldfastError('general.cancelled');
    const slow: Pick<Storage, 'write'> = {
      write: async (path, data) => {
        for await (const _piece of data) abort.abort(reason);
        throw new HoldfastError('storage.full', { path });
      },
    };
    const captured = captureArchive(order, slow as Storage, 'a.tar.gz', step, abort.signal);
    await expect(captured).rejects.toBe(reason);
  });
});
