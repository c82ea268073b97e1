import { HoldfastError } from '../../shared/errors/error.ts';
import { type Point, type PointArchive, point, pointArchive } from '../../shared/model/point.ts';
import { type Proof, standingProof } from '../../shared/model/proof.ts';
import type { GoodPoint, PointFilter, PointOwner, PointRepository } from './catalog.ts';
import type { CatalogDatabase, Row } from './database.ts';
import { resolveId } from './resolve.ts';
import { Where } from './where.ts';

const UNSOUND = "verified IS NOT NULL AND json_extract(verified, '$.sound') = 0";
const DAMAGED = `SELECT 1 FROM archive WHERE archive.point = point.id AND ${UNSOUND}`;
const GOOD_OF_SERVICE = `SELECT 1 FROM archive WHERE archive.point = point.id
  AND json_extract(archive.body, '$.service') = ? AND json_extract(archive.body, '$.complete') AND NOT (${UNSOUND})`;

export class PointTable implements PointRepository {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  put({ id, task, cluster, created, pinned, complete, archives, ...body }: Point): void {
    this.#database.transaction(() => {
      this.remove(id);
      this.#database.run(
        'INSERT INTO point (id, task, cluster, created, pinned, complete, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
        id,
        task,
        cluster,
        created,
        Number(pinned),
        Number(complete),
        JSON.stringify(body),
      );
      archives.forEach((archive, place) => {
        this.#putArchive(id, place, archive);
      });
    });
  }

  find(id: string): Point | undefined {
    const row = this.#database.get('SELECT * FROM point WHERE id = ?', id);
    return row === undefined ? undefined : this.#read(row);
  }

  get(id: string): Point {
    const found = this.find(id);
    if (found === undefined) throw noPoint(id);
    return found;
  }

  resolve(id: string): Point {
    return this.get(resolveId(this.#database, 'point', id) ?? id);
  }

  list({ task, cluster, since, until, after, limit }: PointFilter): Point[] {
    const where = new Where().equals('task', task).equals('cluster', cluster).within('created', since, until);
    if (after !== undefined) where.holds('(created, id) < (?, ?)', this.#createdOf(after), after);
    return this.#database
      .all(`SELECT * FROM point ${where} ORDER BY created DESC, id DESC LIMIT ?`, ...where.values, limit)
      .map((row) => this.#read(row));
  }

  lastGood({ task, cluster, service }: PointOwner & { readonly service?: string }): GoodPoint | undefined {
    const where = new Where().equals('point.task', task).equals('point.cluster', cluster);
    if (service === undefined) where.holds('point.complete = 1').holds(`NOT EXISTS (${DAMAGED})`);
    else where.holds(`EXISTS (${GOOD_OF_SERVICE})`, service);
    const row = this.#database.get(
      `SELECT id, created FROM point ${where} ORDER BY created DESC, id DESC LIMIT 1`,
      ...where.values,
    );
    return row === undefined ? undefined : { id: String(row.id), created: String(row.created) };
  }

  contents(): ReadonlyMap<string, { archives: number; bytes: number }> {
    const rows = this.#database.all(
      "SELECT storage, count(*) AS archives, sum(json_extract(body, '$.size')) AS bytes FROM archive GROUP BY storage",
    );
    return new Map(
      rows.map(({ storage, archives, bytes }) => [
        String(storage),
        { archives: Number(archives), bytes: Number(bytes) },
      ]),
    );
  }

  findArchive(archive: string): { point: Point; archive: PointArchive } | undefined {
    const row = this.#database.get('SELECT * FROM archive WHERE id = ?', archive);
    if (row === undefined) return undefined;
    return { point: this.get(String(row.point)), archive: this.#readArchive(row) };
  }

  archivesIn(storage: string, task?: string): { point: string; archive: PointArchive }[] {
    const where = new Where().equals('archive.storage', storage).equals('point.task', task);
    return this.#database
      .all(
        `SELECT archive.* FROM archive JOIN point ON point.id = archive.point ${where}
         ORDER BY point.created, point.id, archive.place`,
        ...where.values,
      )
      .map((row) => ({ point: String(row.point), archive: this.#readArchive(row) }));
  }

  pin(id: string, pinned: boolean): void {
    const changed = this.#database.run('UPDATE point SET pinned = ? WHERE id = ?', Number(pinned), id);
    if (changed === 0) throw noPoint(id);
  }

  verified(archive: string, proof: Proof): void {
    this.#database.transaction(() => {
      const before = this.findArchive(archive)?.archive.verified;
      const { at, level, sound } = standingProof(before, proof);
      const json = JSON.stringify({ at, level, sound });
      this.#database.run('UPDATE archive SET verified = ? WHERE id = ?', json, archive);
    });
  }

  removeArchive(archive: string): void {
    dropArchives(this.#database, 'id', archive);
  }

  remove(id: string): void {
    this.#database.run('DELETE FROM point WHERE id = ?', id);
  }

  /** Also of a point that was removed not long ago. */
  #createdOf(id: string): string {
    const row =
      this.#database.get('SELECT created FROM point WHERE id = ?', id) ??
      this.#database.get('SELECT created FROM removed_point WHERE id = ?', id);
    if (row === undefined) throw noPoint(id);
    return String(row.created);
  }

  #putArchive(pointId: string, place: number, { id, storage, verified, ...body }: PointArchive): void {
    if (this.#database.get('SELECT 1 FROM storage WHERE id = ?', storage) === undefined) {
      throw new HoldfastError('catalog.no-storage', { name: storage });
    }
    this.#database.run(
      'INSERT INTO archive (point, place, id, storage, verified, body) VALUES (?, ?, ?, ?, ?, ?)',
      pointId,
      place,
      id,
      storage,
      verified === undefined ? null : JSON.stringify(verified),
      JSON.stringify(body),
    );
  }

  #read({ body, pinned, complete, ...columns }: Row): Point {
    const id = String(columns.id);
    const archives = this.#database
      .all('SELECT * FROM archive WHERE point = ? ORDER BY place', id)
      .map((row) => this.#readArchive(row));
    return this.#database.decode(point, body, `point ${id}`, {
      ...columns,
      pinned: pinned === 1,
      complete: complete === 1,
      archives,
    });
  }

  #readArchive({ id, storage, verified, body }: Row): PointArchive {
    const what = `archive ${String(id)}`;
    const proof = verified === null ? {} : { verified: this.#database.json(verified, what) };
    return this.#database.decode(pointArchive, body, what, { id, storage, ...proof });
  }
}

/** Takes archives out. Points that lose one are no longer complete; those that lose all of theirs go. */
export function dropArchives(database: CatalogDatabase, column: 'id' | 'storage', value: string): void {
  database.transaction(() => {
    const having = `(SELECT point FROM archive WHERE ${column} = ?)`;
    database.run(`UPDATE point SET complete = 0 WHERE id IN ${having}`, value);
    const touched = database.all(`SELECT DISTINCT point FROM archive WHERE ${column} = ?`, value);
    database.run(`DELETE FROM archive WHERE ${column} = ?`, value);
    for (const row of touched) {
      database.run(
        'DELETE FROM point WHERE id = ? AND NOT EXISTS (SELECT 1 FROM archive WHERE point = point.id)',
        String(row.point),
      );
    }
  });
}

function noPoint(id: string): HoldfastError {
  return new HoldfastError('engine.no-point', { point: id });
}
