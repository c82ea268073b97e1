import type { Storage } from '../../main/storages/contract.ts';

/** The storage with some of its methods replaced. */
export function replacing(storage: Storage, methods: Partial<Storage>): Storage {
  return {
    partSize: storage.partSize,
    stat: (path, signal) => storage.stat(path, signal),
    list: (prefix, signal) => storage.list(prefix, signal),
    directories: (prefix, signal) => storage.directories(prefix, signal),
    read: (path, range, signal) => storage.read(path, range, signal),
    write: (path, data, options) => storage.write(path, data, options),
    remove: (path, signal) => storage.remove(path, signal),
    usage: (signal) => storage.usage(signal),
    sweep: (olderThan, options) => storage.sweep(olderThan, options),
    close: () => storage.close(),
    ...methods,
  };
}
