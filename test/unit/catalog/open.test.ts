import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../main/catalog/migrations.ts';
import { openCatalog } from '../../../main/catalog/open.ts';
import { ERROR_TABLE } from '../../../shared/errors/table.ts';
import { cluster, id, point, run, storage } from './sample.ts';
import { temporaryFolder } from './temporary.ts';

const failure = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) });

function place(): string {
  return join(temporaryFolder(), 'catalog.sqlite');
}

/** A catalog with a few hundred runs, closed. */
function written(): string {
  const path = place();
  const catalog = openCatalog(path);
  catalog.clusters.add(cluster(1));
  catalog.storages.add(storage(1));
  catalog.points.put(point(1));
  for (let number = 1; number <= 300; number++) {
    catalog.runs.add(run(number));
    catalog.runs.appendLog(id(number), [
      { at: '2026-06-01T10:00:00.000Z', level: 'info', text: 'x'.repeat(200) },
    ]);
  }
  catalog.close();
  return path;
}

function change(path: string, sql: string): void {
  const sqlite = new Sqlite(path);
  sqlite.exec(sql);
  sqlite.close();
}

describe('opening', () => {
  it('keeps what was there', () => {
    const catalog = openCatalog(written());
    expect(catalog.clusters.list()).toEqual([cluster(1)]);
    expect(catalog.runs.list({ limit: 1000 })).toHaveLength(300);
    expect(catalog.check()).toEqual([]);
    catalog.close();
  });

  it('makes a file that only its owner can read', () => {
    const path = place();
    const catalog = openCatalog(path);
    catalog.clusters.add(cluster(1));
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    catalog.close();
  });

  it('says what stands in the way', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    expect(() => openCatalog(join(folder, 'none', 'catalog.sqlite'))).toThrow(failure('catalog.failed'));
    expect(() => openCatalog(join(folder, 'taken'))).toThrow(failure('catalog.failed'));
  });
});

const KNOWN = MIGRATIONS.length;

describe('migrations', () => {
  it('are numbered from one without gaps', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('that are new run once on what is there', () => {
    const path = written();
    const next = { number: KNOWN + 1, name: 'remarks', sql: 'CREATE TABLE remark (text TEXT) STRICT' };
    for (let time = 0; time < 2; time++) {
      const catalog = openCatalog(path, [...MIGRATIONS, next]);
      expect(catalog.clusters.list()).toEqual([cluster(1)]);
      catalog.close();
    }
    expect(() => openCatalog(path)).toThrow(failure('catalog.too-new', { found: KNOWN + 1, known: KNOWN }));
  });

  it('bring what an earlier version wrote up to date', () => {
    const path = place();
    const [first] = MIGRATIONS;
    const earlier = openCatalog(path, first === undefined ? [] : [first]);
    earlier.runs.add(run(1));
    earlier.close();
    const catalog = openCatalog(path);
    expect(catalog.runs.list({ limit: 9 })).toEqual([run(1)]);
    expect(catalog.runs.forget(new Date('2027-01-01T00:00:00Z'))).toBe(1);
    expect(catalog.runs.list({ limit: 9, after: id(1) })).toEqual([]);
    catalog.close();
  });

  it('that fail leave everything as it was', () => {
    const path = written();
    const sql = 'CREATE TABLE remark (text TEXT); CREATE NONSENSE';
    const broken = { number: KNOWN + 1, name: 'broken', sql };
    expect(() => openCatalog(path, [...MIGRATIONS, broken])).toThrow(failure('catalog.failed'));
    const catalog = openCatalog(path);
    expect(catalog.clusters.list()).toEqual([cluster(1)]);
    catalog.close();
  });
});

describe('damage', () => {
  it('of the whole file is told at once', () => {
    const path = place();
    writeFileSync(path, randomBytes(20_000));
    expect(() => openCatalog(path)).toThrow(failure('catalog.damaged'));
  });

  it('has a remedy that says how to go on', () => {
    expect(ERROR_TABLE['catalog.damaged'].remedy.en).toMatch(/Move the file away.*storage rescan/);
  });

  it('is what a database of something else is taken for', () => {
    const path = place();
    change(path, 'CREATE TABLE tasks (id TEXT)');
    expect(() => openCatalog(path)).toThrow(failure('catalog.damaged'));
    expect(readFileSync(path).includes('schema_migration')).toBe(false);
  });

  it('of pages is found by the check, or when they are read', () => {
    const path = written();
    const bytes = readFileSync(path);
    const pageSize = bytes.readUInt16BE(16);
    // Behind the schema, without which nothing opens.
    for (let page = 40; page * pageSize < bytes.length - pageSize; page += 3) {
      bytes.fill(0xa5, page * pageSize, page * pageSize + 64);
    }
    writeFileSync(path, bytes);
    const catalog = openCatalog(path);
    expect(catalog.check().length).toBeGreaterThan(0);
    const readAll = () => {
      for (let number = 1; number <= 300; number++) catalog.runs.log(id(number));
      catalog.runs.list({ limit: 1000 });
    };
    expect(readAll).toThrow(failure('catalog.damaged'));
    catalog.close();
  });

  it('of pages is told at once after a crash', () => {
    const path = written();
    const held = openCatalog(path);
    held.clusters.add(cluster(2));
    const crashed = place();
    copyFileSync(path, crashed);
    copyFileSync(`${path}-wal`, `${crashed}-wal`);
    held.close();
    const bytes = readFileSync(crashed);
    bytes.fill(0xa5, bytes.length - 4096 * 4);
    writeFileSync(crashed, bytes);
    expect(() => openCatalog(crashed)).toThrow(failure('catalog.damaged'));
  });

  it('of a row names the row', () => {
    const path = written();
    change(path, `UPDATE cluster SET body = '{"environment":"moon"}'`);
    change(path, `UPDATE run SET body = 'no json' WHERE id = '${id(7)}'`);
    const catalog = openCatalog(path);
    expect(() => catalog.clusters.list()).toThrow(failure('catalog.damaged'));
    expect(() => catalog.runs.get(id(7))).toThrow(`run ${id(7)} is not JSON`);
    expect(catalog.runs.get(id(8))).toEqual(run(8));
    expect(catalog.check()).toEqual([
      expect.stringContaining(`cluster ${id(1)}: environment`),
      expect.stringContaining(`run ${id(7)}`),
    ]);
    catalog.close();
  });

  it('of references is found', () => {
    const path = written();
    const sqlite = new Sqlite(path);
    sqlite.pragma('foreign_keys = OFF');
    sqlite.exec('DELETE FROM storage');
    sqlite.close();
    const catalog = openCatalog(path);
    expect(catalog.check()).toEqual(['archive refers to a missing storage']);
    catalog.close();
  });
});

describe.skipIf(process.getuid?.() === 0)('rights', () => {
  it('that do not let it write fail without damage being claimed', () => {
    const path = written();
    chmodSync(path, 0o400);
    expect(() => openCatalog(path)).toThrow(failure('catalog.failed'));
  });
});
