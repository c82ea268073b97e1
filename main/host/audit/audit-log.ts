import { appendFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import { reportError } from '../../../shared/errors/error.ts';
import { type AuditEntry, auditFile, MOST_AUDIT_FILES } from '../../../shared/model/audit.ts';

/** Bytes of one file: some 20,000 entries. */
const FILE_BYTES = 5 * 1024 * 1024;

/** What an entry says before it is known how it ended. */
export type AuditedCall = Omit<AuditEntry, 'at' | 'outcome' | 'code'>;

export interface AuditOptions {
  readonly dataDirectory: string;
  readonly now: () => Date;
  /** Bytes after which a new file is begun. */
  readonly fileBytes?: number;
  /** Hears when an entry could not be written; the work goes on. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Who did what, as lines of JSON in the data directory: `audit.ndjson` and, older ones behind it, `audit.1.ndjson` and
 * so on. Files that nobody else may read; the oldest goes when there are too many.
 */
export class AuditLog {
  readonly #options: AuditOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Carries out a change and notes how it ended, before its caller hears of it. */
  async noting<T>(call: AuditedCall, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await this.note({ ...call, outcome: 'done' });
      return result;
    } catch (error) {
      await this.note({ ...call, outcome: 'failed', code: codeOf(error) });
      throw error;
    }
  }

  /** Writes an entry behind those before it. */
  note(entry: Omit<AuditEntry, 'at'>): Promise<void> {
    const line = `${JSON.stringify({ at: this.#options.now().toISOString(), ...entry })}\n`;
    this.#last = this.#last.then(() => this.#append(line)).catch(this.#options.onProblem);
    return this.#last;
  }

  async #append(line: string): Promise<void> {
    const { fileBytes = FILE_BYTES } = this.#options;
    const current = this.#file(0);
    const size = await stat(current).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 0 && size + Buffer.byteLength(line) > fileBytes) await this.#rotate();
    await appendFile(current, line, { mode: 0o600 });
  }

  async #rotate(): Promise<void> {
    for (let index = MOST_AUDIT_FILES - 1; index > 0; index--) {
      await rename(this.#file(index - 1), this.#file(index)).catch(() => undefined);
    }
  }

  #file(index: number): string {
    return join(this.#options.dataDirectory, auditFile(index));
  }
}

function codeOf(error: unknown): string {
  return error instanceof ORPCError ? String(error.code) : reportError(error).code;
}
