import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../../shared/contract/session.ts';
import type { StoredSession } from './session-file.ts';

const HOUR = 3_600_000;
/** Milliseconds that a session lasts without being used, and at the longest. */
export const IDLE_MILLISECONDS = 12 * HOUR;
export const LIFE_MILLISECONDS = 7 * 24 * HOUR;
/** Sessions that one user has at most; the one that was not used for the longest time makes room. */
const MOST_PER_USER = 50;
const ID_BYTES = 32;
/** A use is kept on disk when it is so many milliseconds behind: not each one is worth a write. */
const USE_KEPT_MILLISECONDS = 5 * 60_000;

/** Somebody whose token or password was right. */
export interface Identity {
  readonly user: string;
  readonly role: Role;
  /** Changes when the user's password or role does; absent for the holder of the host's token. */
  readonly stamp?: string;
}

/** How a session is shown: by a browser's cookie, or as a token in a header. One is never taken for the other. */
export type SessionForm = 'cookie' | 'bearer';

/** How a session begins. */
export interface Beginning {
  readonly form: SessionForm;
  /** Address that it is begun from. */
  readonly remote: string;
  /**
   * It may outlive the host. Only where browsers know the host by its certificate: on a port of loopback any program
   * of the machine can stand while the host is away, and is shown the cookie.
   */
  readonly outlives: boolean;
}

/** Somebody who is signed in. */
export interface Session extends Identity, Beginning {
  /** Digest of the id: names the session among others, and opens nothing. */
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly expires: number;
  /** Aborted when the session ends, however it does. */
  readonly ended: AbortSignal;
}

interface Kept {
  readonly session: Session;
  readonly controller: AbortController;
  used: number;
  /** The last use that was written down. */
  usedOnDisk: number;
}

export interface SessionStoreOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The user is still there, and as when signing in. */
  readonly isCurrent: (identity: Identity) => Promise<boolean>;
  /** Those that a host before left. */
  readonly stored?: readonly StoredSession[];
  /** Hears of all that may outlive the host whenever they are others. */
  readonly keep?: (sessions: readonly StoredSession[]) => Promise<void>;
}

/**
 * Who is signed in. Ids are made here, are never taken from a client, and are kept as digests: comparing them tells
 * nothing by its time, and a copy of the file signs nobody in.
 */
export class SessionStore {
  readonly #kept = new Map<string, Kept>();
  readonly #options: SessionStoreOptions;

  constructor(options: SessionStoreOptions) {
    this.#options = options;
    for (const { used, ...session } of options.stored ?? []) {
      this.#add({ ...session, outlives: true }, used);
    }
  }

  /** Begins a session and gives its id: a secret that only its holder may have. */
  open(
    { user, role, stamp }: Identity,
    beginning: Beginning,
  ): { readonly id: string; readonly session: Session } {
    this.#makeRoom(user);
    const id = randomBytes(ID_BYTES).toString('base64url');
    const now = this.#options.now();
    const session = this.#add(
      {
        ...beginning,
        digest: digest(id),
        user,
        role,
        ...(stamp === undefined ? {} : { stamp }),
        began: now,
        expires: now + LIFE_MILLISECONDS,
      },
      now,
    );
    if (session.outlives) this.#keep();
    return { id, session };
  }

  /** The session of an id, which counts as a use of it. */
  async find(id: string, form: SessionForm): Promise<Session | undefined> {
    const kept = this.#kept.get(digest(id));
    if (kept === undefined || kept.session.form !== form) return undefined;
    if (!(await this.#lasts(kept))) {
      this.#end(kept.session.digest);
      return undefined;
    }
    kept.used = this.#options.now();
    return kept.session.ended.aborted ? undefined : kept.session;
  }

  /** The sessions of a user and when each was used last, the last one first. */
  of(user: string): readonly { readonly session: Session; readonly used: number }[] {
    return [...this.#kept.values()]
      .filter(({ session }) => session.user === user)
      .sort((left, right) => right.used - left.used);
  }

  /** Signs out. */
  end(id: string): void {
    this.#end(digest(id));
  }

  /** Ends a user's sessions but the one with this digest, and gives how many those were. */
  endOthers(user: string, but: string | undefined): number {
    const others = this.of(user).filter(({ session }) => session.digest !== but);
    for (const { session } of others) this.#end(session.digest);
    return others.length;
  }

  /** Ends what is over, so that connections which only listen end too; writes down what was used. */
  async sweep(): Promise<void> {
    for (const [key, kept] of [...this.#kept]) if (!(await this.#lasts(kept))) this.#end(key);
    const behind = ({ session, used, usedOnDisk }: Kept) =>
      session.outlives && used - usedOnDisk >= USE_KEPT_MILLISECONDS;
    if ([...this.#kept.values()].some(behind)) this.#keep();
  }

  #add(begun: Omit<Session, 'ended'>, used: number): Session {
    const controller = new AbortController();
    const session: Session = { ...begun, ended: controller.signal };
    this.#kept.set(session.digest, { session, controller, used, usedOnDisk: used });
    return session;
  }

  async #lasts({ session, used }: Kept): Promise<boolean> {
    const now = this.#options.now();
    if (now >= session.expires || now - used >= IDLE_MILLISECONDS) return false;
    return this.#options.isCurrent(session);
  }

  #makeRoom(user: string): void {
    const own = this.of(user);
    const oldest = own.length < MOST_PER_USER ? undefined : own.at(-1);
    if (oldest !== undefined) this.#end(oldest.session.digest);
  }

  #end(key: string): void {
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    kept?.controller.abort();
    if (kept?.session.outlives === true) this.#keep();
  }

  #keep(): void {
    const stored: StoredSession[] = [];
    for (const kept of this.#kept.values()) {
      const { outlives, ended: _, stamp, ...session } = kept.session;
      // The holder of the host's token is known by a token that ends with the host.
      if (!outlives || stamp === undefined) continue;
      kept.usedOnDisk = kept.used;
      stored.push({ ...session, stamp, used: kept.used });
    }
    void this.#options.keep?.(stored);
  }
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
