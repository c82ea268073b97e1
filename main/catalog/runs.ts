import { HoldfastError } from '../../shared/errors/error.ts';
import { type LogLine, logLine, type Run, type RunState, run } from '../../shared/model/run.ts';
import type { RunFilter, RunRepository } from './catalog.ts';
import type { CatalogDatabase, Row, Value } from './database.ts';
import { resolveId } from './resolve.ts';
import { Where } from './where.ts';

const UNFINISHED: readonly RunState[] = ['running'];

export class RunTable implements RunRepository {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  add({ id, task, kind, state, reason, started, ...body }: Run): void {
    this.#database.run(
      'INSERT INTO run (id, task, kind, state, reason, started, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      task ?? null,
      kind,
      state,
      reason,
      started,
      JSON.stringify(body),
    );
  }

  update({ id, task, kind, state, reason, started, ...body }: Run): void {
    const changed = this.#database.run(
      'UPDATE run SET task = ?, kind = ?, state = ?, reason = ?, started = ?, body = ? WHERE id = ?',
      task ?? null,
      kind,
      state,
      reason,
      started,
      JSON.stringify(body),
      id,
    );
    if (changed === 0) throw noRun(id);
  }

  find(id: string): Run | undefined {
    const row = this.#database.get('SELECT * FROM run WHERE id = ?', id);
    return row === undefined ? undefined : this.#read(row);
  }

  get(id: string): Run {
    const found = this.find(id);
    if (found === undefined) throw noRun(id);
    return found;
  }

  resolve(id: string): Run {
    return this.get(resolveId(this.#database, 'run', id) ?? id);
  }

  list({ task, cluster, kinds, states, since, until, after, limit }: RunFilter): Run[] {
    const where = new Where()
      .equals('task', task)
      .equals("json_extract(body, '$.cluster')", cluster)
      .oneOf('kind', kinds)
      .oneOf('state', states)
      .within('started', since, until);
    if (after !== undefined) where.holds('seq < ?', this.#placeOf(after));
    return this.#database
      .all(`SELECT * FROM run ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit)
      .map((row) => this.#read(row));
  }

  latest(task: string, reasons?: readonly Run['reason'][]): Run | undefined {
    const where = new Where().equals('task', task).oneOf('reason', reasons);
    const row = this.#database.get(`SELECT * FROM run ${where} ORDER BY seq DESC LIMIT 1`, ...where.values);
    return row === undefined ? undefined : this.#read(row);
  }

  appendLog(id: string, lines: readonly LogLine[]): void {
    this.#database.transaction(() => {
      const seq = this.#seq(id);
      const last = this.#database.get('SELECT max(line) AS last FROM run_log WHERE run = ?', seq);
      let line = Number(last?.last ?? -1);
      for (const { at, level, text, ...message } of lines) {
        line += 1;
        this.#database.run(
          'INSERT INTO run_log (run, line, at, level, text, message) VALUES (?, ?, ?, ?, ?, ?)',
          seq,
          line,
          at,
          level,
          text,
          message.code === undefined ? null : JSON.stringify(message),
        );
      }
    });
  }

  log(id: string, { offset = 0, limit = -1 }: { offset?: number; limit?: number } = {}): LogLine[] {
    return this.#database
      .all(
        'SELECT at, level, text, message FROM run_log WHERE run = ? AND line >= ? ORDER BY line LIMIT ?',
        this.#seq(id),
        offset,
        limit,
      )
      .map((row) => this.#readLine(row, `the log of run ${id}`));
  }

  interruptUnfinished(now: Date): Run[] {
    return this.#database.transaction(() =>
      this.list({ states: UNFINISHED, limit: -1 }).map((unfinished) => {
        const interrupted = interrupt(unfinished, now.toISOString());
        this.update(interrupted);
        return interrupted;
      }),
    );
  }

  forget(before: Date): number {
    const where = new Where().holds('started < ?', before.toISOString()).noneOf('state', UNFINISHED);
    return this.#database.run(`DELETE FROM run ${where}`, ...where.values);
  }

  #seq(id: string): Value {
    const row = this.#database.get('SELECT seq FROM run WHERE id = ?', id);
    if (row === undefined) throw noRun(id);
    return Number(row.seq);
  }

  /** Also of a run that was forgotten not long ago. */
  #placeOf(id: string): Value {
    const removed = this.#database.get('SELECT seq FROM removed_run WHERE id = ?', id);
    return removed === undefined ? this.#seq(id) : Number(removed.seq);
  }

  #readLine({ message, ...columns }: Row, what: string): LogLine {
    if (message === null) return this.#database.parse(logLine, columns, what);
    return this.#database.decode(logLine, message, what, columns);
  }

  #read({ seq: _, body, task, ...columns }: Row): Run {
    const what = `run ${String(columns.id)}`;
    return this.#database.decode(run, body, what, { ...columns, ...(task !== null && { task }) });
  }
}

function interrupt(unfinished: Run, ended: string): Run {
  const steps = unfinished.steps.map((step) =>
    UNFINISHED.includes(step.state) ? { ...step, state: 'interrupted' as const, ended } : step,
  );
  return { ...unfinished, state: 'interrupted', ended, steps };
}

function noRun(id: string): HoldfastError {
  return new HoldfastError('engine.no-run', { run: id });
}
