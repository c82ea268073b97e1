import type { Value } from './database.ts';

/** A condition over rows, put together from the parts that are asked for. */
export class Where {
  readonly #parts: string[] = [];
  readonly values: Value[] = [];

  holds(part: string, ...values: Value[]): this {
    this.#parts.push(part);
    this.values.push(...values);
    return this;
  }

  equals(column: string, value: Value | undefined): this {
    return value === undefined ? this : this.holds(`${column} = ?`, value);
  }

  /** Instants as texts sort as they follow each other. */
  within(column: string, since: string | undefined, until: string | undefined): this {
    if (since !== undefined) this.holds(`${column} >= ?`, since);
    return until === undefined ? this : this.holds(`${column} <= ?`, until);
  }

  oneOf(column: string, values: readonly Value[] | undefined): this {
    return values === undefined ? this : this.holds(`${column} IN (${placesFor(values)})`, ...values);
  }

  noneOf(column: string, values: readonly Value[]): this {
    return this.holds(`${column} NOT IN (${placesFor(values)})`, ...values);
  }

  toString(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`;
  }
}

function placesFor(values: readonly Value[]): string {
  return values.map(() => '?').join(', ');
}
