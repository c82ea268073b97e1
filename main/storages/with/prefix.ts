import type { Storage, StoredObject } from '../contract.ts';
import { splitPath } from '../path-rules.ts';

/**
 * A storage as seen from one of its directories. It is a view: `usage` and `sweep` are about the whole storage,
 * and `close` leaves it open for others. Errors name paths of the whole storage.
 * @throws HoldfastError `storage.bad-path` when `directory` is none.
 */
export function withPrefix(storage: Storage, directory: string): Storage {
  splitPath(directory);
  const inside = (path: string) => {
    splitPath(path);
    return `${directory}/${path}`;
  };
  const below = (prefix: string) => (prefix === '' ? directory : inside(prefix));
  const seen = (object: StoredObject) => ({ ...object, path: object.path.slice(directory.length + 1) });
  return {
    partSize: storage.partSize,
    async stat(path, signal) {
      const found = await storage.stat(inside(path), signal);
      return found === undefined ? undefined : seen(found);
    },
    async *list(prefix, signal) {
      for await (const object of storage.list(below(prefix), signal)) yield seen(object);
    },
    async *directories(prefix, signal) {
      yield* storage.directories(below(prefix), signal);
    },
    async *read(path, range, signal) {
      yield* storage.read(inside(path), range, signal);
    },
    write: async (path, data, options) => seen(await storage.write(inside(path), data, options)),
    remove: async (path, signal) => storage.remove(inside(path), signal),
    usage: (signal) => storage.usage(signal),
    sweep: (olderThan, options) => storage.sweep(olderThan, options),
    close: async () => {},
  };
}
