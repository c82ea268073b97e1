import type { JsonObject } from '../../../shared/model/entry.ts';

/** Paths named in a manifest or a list of notes; beyond that many only their number counts. */
export const MOST_NAMED = 1000;

/** Distinct paths, the first of which are named. */
export class PathList {
  readonly #paths = new Set<string>();

  get total(): number {
    return this.#paths.size;
  }

  get named(): readonly string[] {
    return [...this.#paths.values().take(MOST_NAMED)];
  }

  add(path: string): void {
    this.#paths.add(path);
  }

  delete(path: string): void {
    this.#paths.delete(path);
  }

  toJson(): JsonObject {
    return { total: this.total, paths: [...this.named] };
  }
}
