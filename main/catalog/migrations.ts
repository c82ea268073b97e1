/** A step of the schema. Once released it is never changed: a new one is added behind it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/*
 * `body` holds an object as JSON without the members that have columns of their own. Columns exist where rows
 * are found, ordered or joined by them. Runs and points name their task and cluster by id without a foreign key:
 * they outlive both.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'first schema',
    sql: `
      CREATE TABLE cluster (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
      CREATE TABLE storage (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
      CREATE TABLE task (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        cluster TEXT NOT NULL REFERENCES cluster (id),
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX task_by_cluster ON task (cluster);
      CREATE TABLE task_storage (
        task TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        storage TEXT NOT NULL REFERENCES storage (id),
        PRIMARY KEY (task, storage)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX task_storage_by_storage ON task_storage (storage);

      -- seq is the order in which runs were added: it stands when the clock is set back.
      CREATE TABLE run (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        task TEXT,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        started TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX run_by_task ON run (task, seq);
      CREATE INDEX run_by_state ON run (state);
      CREATE TABLE run_log (
        run INTEGER NOT NULL REFERENCES run (seq) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        at TEXT NOT NULL,
        level TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (run, line)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE point (
        id TEXT PRIMARY KEY,
        task TEXT NOT NULL,
        cluster TEXT NOT NULL,
        created TEXT NOT NULL,
        pinned INTEGER NOT NULL,
        complete INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX point_by_age ON point (created, id);
      CREATE INDEX point_by_task ON point (task, created, id);
      CREATE INDEX point_by_cluster ON point (cluster, created, id);
      CREATE TABLE archive (
        point TEXT NOT NULL REFERENCES point (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        id TEXT NOT NULL,
        storage TEXT NOT NULL REFERENCES storage (id),
        verified TEXT,
        body TEXT NOT NULL,
        PRIMARY KEY (point, place)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX archive_by_id ON archive (id);
      CREATE INDEX archive_by_storage ON archive (storage);
    `,
  },
  {
    number: 2,
    name: 'places of removed runs and points',
    sql: `
      -- Where the last thousand stood: whoever pages through a list goes on after one that was removed meanwhile.
      CREATE TABLE removed_run (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL) STRICT;
      CREATE TRIGGER run_removed AFTER DELETE ON run BEGIN
        INSERT OR REPLACE INTO removed_run (id, seq) VALUES (old.id, old.seq);
        DELETE FROM removed_run WHERE number <= (SELECT max(number) FROM removed_run) - 1000;
      END;
      CREATE TABLE removed_point (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created TEXT NOT NULL) STRICT;
      CREATE TRIGGER point_removed AFTER DELETE ON point BEGIN
        INSERT OR REPLACE INTO removed_point (id, created) VALUES (old.id, old.created);
        DELETE FROM removed_point WHERE number <= (SELECT max(number) FROM removed_point) - 1000;
      END;
    `,
  },
  {
    number: 3,
    name: 'log lines with code and params',
    sql: `
      -- JSON of code and params; null in lines from before, which are text alone.
      ALTER TABLE run_log ADD COLUMN message TEXT;
    `,
  },
];
