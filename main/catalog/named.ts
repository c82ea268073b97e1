import type { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import type { NamedRepository } from './catalog.ts';
import type { CatalogDatabase, Row } from './database.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface NamedTableDefinition<T> {
  readonly table: 'cluster' | 'storage' | 'task';
  readonly schema: z.ZodType<T>;
  /** Selects the names of the tasks that use the one of the given id. */
  readonly users?: string;
}

/** A table of things with unique names, each a JSON body beside its id and name. */
export class NamedTable<T extends Named> implements NamedRepository<T> {
  protected readonly database: CatalogDatabase;
  readonly #definition: NamedTableDefinition<T>;
  readonly #table: NamedTableDefinition<T>['table'];

  constructor(database: CatalogDatabase, definition: NamedTableDefinition<T>) {
    this.database = database;
    this.#definition = definition;
    this.#table = definition.table;
  }

  list(): T[] {
    return this.database.all(`SELECT * FROM ${this.#table} ORDER BY name`).map((row) => this.#read(row));
  }

  find(id: string): T | undefined {
    return this.#readOne(this.database.get(`SELECT * FROM ${this.#table} WHERE id = ?`, id));
  }

  get(id: string): T {
    return this.find(id) ?? this.#missing(id);
  }

  findByName(name: string): T | undefined {
    return this.#readOne(this.database.get(`SELECT * FROM ${this.#table} WHERE name = ?`, name));
  }

  byName(name: string): T {
    return this.findByName(name) ?? this.#missing(name);
  }

  add(item: T): void {
    this.database.transaction(() => {
      this.#nameIsFree(item);
      this.insert(item);
    });
  }

  update(item: T): void {
    this.database.transaction(() => {
      this.get(item.id);
      this.#nameIsFree(item);
      this.replace(item);
    });
  }

  remove(id: string): void {
    this.database.transaction(() => {
      const { name } = this.get(id);
      const tasks = this.#usersOf(id);
      if (tasks.length > 0) throw new HoldfastError('catalog.in-use', { name, tasks });
      this.release(id);
      this.database.run(`DELETE FROM ${this.#table} WHERE id = ?`, id);
    });
  }

  protected insert({ id, name, ...body }: T): void {
    this.database.run(
      `INSERT INTO ${this.#table} (id, name, body) VALUES (?, ?, ?)`,
      id,
      name,
      JSON.stringify(body),
    );
  }

  protected replace({ id, name, ...body }: T): void {
    this.database.run(
      `UPDATE ${this.#table} SET name = ?, body = ? WHERE id = ?`,
      name,
      JSON.stringify(body),
      id,
    );
  }

  /** Takes away what would go with the one that is about to be removed. */
  protected release(_id: string): void {}

  #usersOf(id: string): string[] {
    const { users } = this.#definition;
    return users === undefined ? [] : this.database.all(users, id).map((row) => String(row.name));
  }

  #nameIsFree({ id, name }: T): void {
    const holder = this.database.get(`SELECT id FROM ${this.#table} WHERE name = ?`, name);
    if (holder !== undefined && holder.id !== id) throw new HoldfastError('catalog.name-taken', { name });
  }

  #missing(name: string): never {
    throw new HoldfastError(`catalog.no-${this.#table}`, { name });
  }

  #readOne(row: Row | undefined): T | undefined {
    return row === undefined ? undefined : this.#read(row);
  }

  #read({ body, ...columns }: Row): T {
    return this.database.decode(
      this.#definition.schema,
      body,
      `${this.#table} ${String(columns.id)}`,
      columns,
    );
  }
}
