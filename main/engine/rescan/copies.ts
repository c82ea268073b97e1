import { say } from '../../../shared/messages/message.ts';
import type { PointArchive } from '../../../shared/model/point.ts';
import type { Findings } from './findings.ts';
import type { FoundFile } from './read-archives.ts';

/** Tells archives from copies of them in the same storage: the catalog knows each at one place. */
export class Copies {
  readonly #places: Map<string, string>;

  /** `known`: what the catalog has; `present`: the paths that there are. */
  constructor(known: readonly PointArchive[], present: ReadonlySet<string>) {
    const there = known.filter(({ path }) => present.has(path));
    this.#places = new Map(there.map(({ id, path }) => [id, path]));
  }

  /** Takes out the files that are copies of another one, and names them. */
  without(files: readonly FoundFile[], { notes }: Findings): readonly FoundFile[] {
    return files.filter(({ archive: { id, path } }) => {
      const place = this.#places.get(id) ?? path;
      this.#places.set(id, place);
      if (place === path) return true;
      notes.push(say('rescan.copy', { path, place }));
      return false;
    });
  }
}
