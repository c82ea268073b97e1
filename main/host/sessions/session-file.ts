import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { role } from '../../../shared/contract/session.ts';

const FILE = 'sessions.json';

const storedSession = z.object({
  /** SHA-256 of the id: who reads the file is not signed in by it. */
  digest: z.string(),
  user: z.string(),
  role,
  stamp: z.string(),
  form: z.enum(['cookie', 'bearer']),
  remote: z.string(),
  /** Milliseconds since the epoch; so the two below. */
  began: z.number(),
  used: z.number(),
  expires: z.number(),
});
const fileSchema = z.object({ version: z.literal(1), sessions: z.array(storedSession) });

/** A session as it outlives the host. */
export type StoredSession = z.infer<typeof storedSession>;

/** Where sessions outlive the host: a file of the data directory that only its owner reads. */
export class SessionFile {
  readonly #file: string;
  readonly #onProblem: (error: unknown) => void;
  #wanted: readonly StoredSession[] | undefined;
  #writing: Promise<void> | undefined;

  /** `onProblem` hears when the file cannot be read or written: then sessions end with the host. */
  constructor(dataDirectory: string, onProblem: (error: unknown) => void) {
    this.#file = join(dataDirectory, FILE);
    this.#onProblem = onProblem;
  }

  /** None where there is no file, or one that cannot be read. */
  async read(): Promise<readonly StoredSession[]> {
    try {
      const text = await readFile(this.#file, 'utf8');
      return fileSchema.parse(JSON.parse(text)).sessions;
    } catch (error) {
      if (!isMissing(error)) this.#onProblem(error);
      return [];
    }
  }

  /** Replaces what is there. Of several while one is being written the last is. Resolves when it is on disk. */
  write(sessions: readonly StoredSession[]): Promise<void> {
    this.#wanted = sessions;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#wanted !== undefined) {
      const sessions = this.#wanted;
      this.#wanted = undefined;
      await this.#replace(sessions).catch(this.#onProblem);
    }
  }

  async #replace(sessions: readonly StoredSession[]): Promise<void> {
    const draft = `${this.#file}.${process.pid}`;
    await rm(draft, { force: true });
    await writeFile(draft, JSON.stringify({ version: 1, sessions }), { mode: 0o600, flag: 'wx' });
    await chmod(draft, 0o600);
    await rename(draft, this.#file);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
