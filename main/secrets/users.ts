import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Role, role, SHORTEST_PASSWORD, userName } from '../../shared/contract/session.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { syncDirectory } from '../files/sync-directory.ts';
import { errnoOf } from '../files/system-errors.ts';
import { createDurable } from './durable-file.ts';
import { aboutFile } from './file-errors.ts';

const FILE = 'users.json';
const STAMP_BYTES = 8;
/** RFC 9106, section 4, second recommended option: 64 MiB and three passes. 2: argon2id. */
const ARGON2 = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 4 } as const;

const record = z.object({
  name: userName,
  role,
  /** Argon2id in the PHC form. */
  hash: z.string(),
  /** Changes with the password and the role: sessions from before are over. */
  stamp: z.string(),
  created: z.iso.datetime(),
});
type UserRecord = z.infer<typeof record>;
const fileSchema = z.object({ version: z.literal(1), users: z.array(record) });

/** A user, without anything secret. */
export interface User {
  readonly name: string;
  readonly role: Role;
  readonly created: string;
}

/**
 * The people who may sign in to a host from elsewhere: a file of the data directory with argon2id hashes of their
 * passwords. Commands change it while a host runs; the host sees that at the next question.
 */
export class Users {
  readonly #file: string;
  readonly #now: () => Date;
  #read: { readonly at: string; readonly users: readonly UserRecord[] } | undefined;

  constructor(dataDirectory: string, now: () => Date) {
    this.#file = join(dataDirectory, FILE);
    this.#now = now;
  }

  /** @throws HoldfastError `secrets.users-damaged` */
  async list(): Promise<readonly User[]> {
    return (await this.#users()).map(shown);
  }

  /** @throws HoldfastError `secrets.user-exists`, `secrets.weak-password`, `secrets.users-busy` */
  async add(name: string, userRole: Role, password: string): Promise<User> {
    const hash = await hashOf(password);
    return this.#change((users) => {
      if (users.some((user) => user.name === name)) throw new HoldfastError('secrets.user-exists', { name });
      const added = { name, role: userRole, hash, stamp: newStamp(), created: this.#now().toISOString() };
      return [[...users, added], added];
    });
  }

  /** Ends the user's sessions. @throws HoldfastError `secrets.no-such-user` */
  revoke(name: string): Promise<User> {
    return this.set(name, {});
  }

  /**
   * Gives another password, role or both, which ends the user's sessions.
   * @throws HoldfastError `secrets.no-such-user`, `secrets.weak-password`, `secrets.last-admin`
   */
  async set(name: string, change: { readonly role?: Role; readonly password?: string }): Promise<User> {
    const hash = change.password === undefined ? undefined : await hashOf(change.password);
    return this.#change((users) => {
      const before = found(users, name);
      if (change.role !== undefined && change.role !== 'admin') refuseLastAdmin(users, before);
      const after = {
        ...before,
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(hash === undefined ? {} : { hash }),
        stamp: newStamp(),
      };
      return [users.map((user) => (user === before ? after : user)), after];
    });
  }

  /** @throws HoldfastError `secrets.no-such-user`, `secrets.last-admin` */
  remove(name: string): Promise<User> {
    return this.#change((users) => {
      const removed = found(users, name);
      refuseLastAdmin(users, removed);
      return [users.filter((user) => user !== removed), removed];
    });
  }

  /** The user whose name and password these are; takes as long when there is no such user. */
  async verify(
    name: string,
    password: string,
  ): Promise<{ readonly user: string; readonly role: Role; readonly stamp: string } | undefined> {
    const user = (await this.#users()).find((known) => known.name === name.toLowerCase());
    const { hash, verify } = await import('@node-rs/argon2');
    if (user === undefined) {
      await hash(password.normalize('NFC'), ARGON2);
      return undefined;
    }
    if (!(await verify(user.hash, password.normalize('NFC')))) return undefined;
    return { user: user.name, role: user.role, stamp: user.stamp };
  }

  /** Whether the user is still there, with the password and role of then. */
  async isCurrent(name: string, stamp: string): Promise<boolean> {
    return (await this.#users()).some((user) => user.name === name && user.stamp === stamp);
  }

  async isUser(name: string): Promise<boolean> {
    return (await this.#users()).some((user) => user.name === name.toLowerCase());
  }

  async hasAdmin(): Promise<boolean> {
    return (await this.#users()).some((user) => user.role === 'admin');
  }

  /** Reads the file only when it is another than before. */
  async #users(): Promise<readonly UserRecord[]> {
    const at = await this.#version();
    if (at === undefined) return [];
    if (this.#read?.at !== at) this.#read = { at, users: await this.#readFile() };
    return this.#read.users;
  }

  async #version(): Promise<string | undefined> {
    return aboutFile(this.#file, async () => {
      try {
        const { ino, size, mtimeNs } = await stat(this.#file, { bigint: true });
        return `${ino}-${size}-${mtimeNs}`;
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    });
  }

  async #readFile(): Promise<readonly UserRecord[]> {
    const text = await aboutFile(this.#file, () => readFile(this.#file, 'utf8'));
    const parsed = fileSchema.safeParse(parseJson(text));
    if (!parsed.success) throw new HoldfastError('secrets.users-damaged', { file: this.#file });
    return parsed.data.users;
  }

  /** Writes the file whole. The draft's name is the lock: of two changes at once the second is refused. */
  async #change(
    change: (users: readonly UserRecord[]) => readonly [readonly UserRecord[], UserRecord],
  ): Promise<User> {
    const draft = `${this.#file}.new`;
    await aboutFile(this.#file, () => mkdir(dirname(this.#file), { recursive: true, mode: 0o700 }));
    await this.#take(draft);
    try {
      const [users, changed] = change(await this.#users());
      const whole = `${draft}.${newStamp()}`;
      await createDurable(whole, `${JSON.stringify({ version: 1, users }, undefined, 2)}\n`);
      await rename(whole, this.#file);
      await syncDirectory(dirname(this.#file));
      return shown(changed);
    } finally {
      await rm(draft, { force: true });
    }
  }

  async #take(draft: string): Promise<void> {
    try {
      await aboutFile(this.#file, () => createDurable(draft, ''));
    } catch (error) {
      const cause = error instanceof HoldfastError ? error.cause : error;
      if (errnoOf(cause) !== 'EEXIST') throw error;
      throw new HoldfastError('secrets.users-busy', { file: draft });
    }
  }
}

function found(users: readonly UserRecord[], name: string): UserRecord {
  const user = users.find((known) => known.name === name);
  if (user === undefined) throw new HoldfastError('secrets.no-such-user', { name });
  return user;
}

/** Without an admin a host for other machines does not even start. */
function refuseLastAdmin(users: readonly UserRecord[], user: UserRecord): void {
  const isLast = user.role === 'admin' && !users.some((other) => other !== user && other.role === 'admin');
  if (isLast) throw new HoldfastError('secrets.last-admin', { name: user.name });
}

/** The same password can reach us composed or decomposed, depending on the keyboard's system. */
async function hashOf(password: string): Promise<string> {
  if ([...password].length < SHORTEST_PASSWORD) {
    throw new HoldfastError('secrets.weak-password', { least: SHORTEST_PASSWORD });
  }
  const { hash } = await import('@node-rs/argon2');
  return hash(password.normalize('NFC'), ARGON2);
}

function newStamp(): string {
  return randomBytes(STAMP_BYTES).toString('hex');
}

function shown({ name, role: userRole, created }: UserRecord): User {
  return { name, role: userRole, created };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
