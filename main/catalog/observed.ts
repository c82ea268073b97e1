import type { Change } from '../../shared/model/change.ts';
import type { Catalog, NamedRepository, PointRepository, RunRepository } from './catalog.ts';

/** Hears of what was changed for good. Must not throw. */
export type ChangeListener = (change: Change) => void;

/** The same catalog; every change to it is told once it stands: those of a transaction at its end, or never. */
export function observed(catalog: Catalog, listener: ChangeListener): Catalog {
  const pending = new PendingChanges(listener);
  const tell = (change: Change) => pending.add(change);
  return {
    ...catalog,
    clusters: observedNames(catalog.clusters, 'cluster', tell),
    storages: observedStorages(catalog, tell),
    tasks: observedNames(catalog.tasks, 'task', tell),
    runs: observedRuns(catalog.runs, tell),
    points: observedPoints(catalog.points, tell),
    transaction: (work) => pending.during(() => catalog.transaction(work)),
  };
}

/** Holds changes back while a transaction that may still fail is under way. */
class PendingChanges {
  readonly #listener: ChangeListener;
  #waiting: Change[] = [];
  #depth = 0;

  constructor(listener: ChangeListener) {
    this.#listener = listener;
  }

  add(change: Change): void {
    if (this.#depth === 0) this.#listener(change);
    else this.#waiting.push(change);
  }

  during<T>(work: () => T): T {
    const before = this.#waiting.length;
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      this.#waiting.length = before;
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#flush();
    }
  }

  #flush(): void {
    const told = this.#waiting;
    this.#waiting = [];
    for (const change of told) this.#listener(change);
  }
}

type Tell = (change: Change) => void;

function observedNames<T extends { readonly id: string; readonly name: string }>(
  names: NamedRepository<T>,
  kind: 'cluster' | 'storage' | 'task',
  tell: Tell,
): NamedRepository<T> {
  return {
    list: () => names.list(),
    find: (id) => names.find(id),
    get: (id) => names.get(id),
    findByName: (name) => names.findByName(name),
    byName: (name) => names.byName(name),
    add: (item) => {
      names.add(item);
      tell({ kind, id: item.id });
    },
    update: (item) => {
      names.update(item);
      tell({ kind, id: item.id });
    },
    remove: (id) => {
      names.remove(id);
      tell({ kind, id });
    },
  };
}

/** With a storage goes what was known of its archives. */
function observedStorages({ storages }: Catalog, tell: Tell): Catalog['storages'] {
  const names = observedNames(storages, 'storage', tell);
  return {
    ...names,
    remove: (id) => {
      names.remove(id);
      tell({ kind: 'point' });
    },
  };
}

function observedRuns(runs: RunRepository, tell: Tell): RunRepository {
  return {
    find: (id) => runs.find(id),
    get: (id) => runs.get(id),
    resolve: (id) => runs.resolve(id),
    list: (filter) => runs.list(filter),
    latest: (task, reasons) => runs.latest(task, reasons),
    log: (run, page) => runs.log(run, page),
    appendLog: (run, lines) => runs.appendLog(run, lines),
    add: (run) => {
      runs.add(run);
      tell({ kind: 'run', id: run.id });
    },
    update: (run) => {
      runs.update(run);
      tell({ kind: 'run', id: run.id });
    },
    interruptUnfinished: (now) => {
      const interrupted = runs.interruptUnfinished(now);
      for (const { id } of interrupted) tell({ kind: 'run', id });
      return interrupted;
    },
    forget: (before) => {
      const forgotten = runs.forget(before);
      if (forgotten > 0) tell({ kind: 'run' });
      return forgotten;
    },
  };
}

function observedPoints(points: PointRepository, tell: Tell): PointRepository {
  const tellOf = (archive: string, change: () => void) => {
    const id = points.findArchive(archive)?.point.id;
    change();
    if (id !== undefined) tell({ kind: 'point', id });
  };
  return {
    find: (id) => points.find(id),
    get: (id) => points.get(id),
    resolve: (id) => points.resolve(id),
    list: (filter) => points.list(filter),
    lastGood: (of) => points.lastGood(of),
    contents: () => points.contents(),
    findArchive: (archive) => points.findArchive(archive),
    archivesIn: (storage, task) => points.archivesIn(storage, task),
    put: (point) => {
      points.put(point);
      tell({ kind: 'point', id: point.id });
    },
    pin: (id, pinned) => {
      points.pin(id, pinned);
      tell({ kind: 'point', id });
    },
    verified: (archive, proof) => tellOf(archive, () => points.verified(archive, proof)),
    removeArchive: (archive) => tellOf(archive, () => points.removeArchive(archive)),
    remove: (id) => {
      points.remove(id);
      tell({ kind: 'point', id });
    },
  };
}
