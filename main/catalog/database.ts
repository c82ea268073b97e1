import Sqlite from 'better-sqlite3';
import type { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { Text } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';

export type Value = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/** The catalog's SQLite file: prepared statements kept, SQLite's errors turned into ours. */
export class CatalogDatabase {
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement<Value[], Row>>();

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite;
  }

  get path(): string {
    return this.#sqlite.name;
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.guard(() => this.#prepare(sql).all(...values));
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.guard(() => this.#prepare(sql).get(...values));
  }

  /** Gives the number of rows changed. */
  run(sql: string, ...values: Value[]): number {
    return this.guard(() => this.#prepare(sql).run(...values).changes);
  }

  /** One or more statements without values. */
  script(sql: string): void {
    this.guard(() => this.#sqlite.exec(sql));
  }

  /** Takes the write lock at once, so that what `work` reads is what it changes. Nested calls are savepoints. */
  transaction<T>(work: () => T): T {
    return this.guard(() => this.#sqlite.transaction(work).immediate());
  }

  close(): void {
    this.guard(() => this.#sqlite.close());
  }

  /** Reads a JSON column together with columns beside it. @throws `catalog.damaged` naming `what` when it does not fit. */
  decode<S extends z.ZodType>(schema: S, body: unknown, what: string, columns: object): z.infer<S> {
    return this.parse(schema, { ...Object(this.json(body, what)), ...columns }, what);
  }

  /** The value of a JSON column, not yet checked. @throws `catalog.damaged` */
  json(text: unknown, what: string): unknown {
    try {
      return JSON.parse(String(text));
    } catch (error) {
      throw damaged(this.path, detail('what-not-json', { what }), error);
    }
  }

  /** @throws `catalog.damaged` naming `what` when the value does not fit. */
  parse<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw damaged(this.path, `${what}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
  }

  guard<T>(work: () => T): T {
    return guardSqlite(this.path, work);
  }

  #prepare(sql: string): Sqlite.Statement<Value[], Row> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare<Value[], Row>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** Runs `work`; what SQLite throws becomes `catalog.damaged` or `catalog.failed`. */
export function guardSqlite<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) throw damaged(path, error.message, error);
    throw new HoldfastError('catalog.failed', { path, problem: error.message }, error);
  }
}

export function damaged(path: string, problem: string | Text, cause?: unknown): HoldfastError {
  return new HoldfastError('catalog.damaged', { path, problem }, cause);
}
