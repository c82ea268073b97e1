import type { Storage } from '../../storages/contract.ts';
import { openStorage } from '../connections.ts';
import type { EngineContext } from '../context.ts';

/** The storages that a piece of work has open, each once. */
export class OpenStorages {
  readonly #context: EngineContext;
  readonly #signal: AbortSignal | undefined;
  readonly #byId = new Map<string, Promise<Storage>>();
  readonly #all: Storage[] = [];

  constructor(context: EngineContext, signal: AbortSignal | undefined) {
    this.#context = context;
    this.#signal = signal;
  }

  /** A storage of the catalog. */
  configured(id: string): Promise<Storage> {
    let storage = this.#byId.get(id);
    if (storage === undefined) {
      storage = this.add(openStorage(this.#context, this.#context.catalog.storages.get(id), this.#signal));
      this.#byId.set(id, storage);
    }
    return storage;
  }

  /** Takes over one that was opened elsewhere. */
  async add(opening: Promise<Storage>): Promise<Storage> {
    const storage = await opening;
    this.#all.push(storage);
    return storage;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((storage) => storage.close()));
  }
}
