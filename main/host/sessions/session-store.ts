import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../../shared/contract/session.ts';

const HOUR = 3_600_000;
/** Milliseconds that a session lasts without being used, and at the longest. */
export const IDLE_MILLISECONDS = 12 * HOUR;
export const LIFE_MILLISECONDS = 7 * 24 * HOUR;
/** Sessions that one user has at most; the one that was not used for the longest time makes room. */
const MOST_PER_USER = 50;
const ID_BYTES = 32;

/** Somebody whose token or password was right. */
export interface Identity {
  readonly user: string;
  readonly role: Role;
  /** Changes when the user's password or role does; absent for the holder of the host's token. */
  readonly stamp?: string;
}

/** How a session is shown: by a browser's cookie, or as a token in a header. One is never taken for the other. */
export type SessionForm = 'cookie' | 'bearer';

/** Somebody who is signed in. */
export interface Session extends Identity {
  readonly form: SessionForm;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** Aborted when the session ends, however it does. */
  readonly ended: AbortSignal;
}

interface Kept {
  readonly session: Session;
  readonly controller: AbortController;
  used: number;
}

/**
 * Who is signed in; in memory only, so a host that starts again knows nobody. Ids are made here, are never taken
 * from a client, and are kept as digests: comparing them tells nothing by its time.
 */
export class SessionStore {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;
  readonly #isCurrent: (identity: Identity) => Promise<boolean>;

  /** `now`: milliseconds since the epoch. `isCurrent`: the user is still there, and as when signing in. */
  constructor(now: () => number, isCurrent: (identity: Identity) => Promise<boolean>) {
    this.#now = now;
    this.#isCurrent = isCurrent;
  }

  /** Begins a session and gives its id: a secret that only its holder may have. */
  open(
    { user, role, stamp }: Identity,
    form: SessionForm,
  ): { readonly id: string; readonly session: Session } {
    this.#makeRoom(user);
    const id = randomBytes(ID_BYTES).toString('base64url');
    const controller = new AbortController();
    const session: Session = {
      user,
      role,
      ...(stamp === undefined ? {} : { stamp }),
      form,
      expires: this.#now() + LIFE_MILLISECONDS,
      ended: controller.signal,
    };
    this.#kept.set(digest(id), { session, controller, used: this.#now() });
    return { id, session };
  }

  /** The session of an id, which counts as a use of it. */
  async find(id: string, form: SessionForm): Promise<Session | undefined> {
    const key = digest(id);
    const kept = this.#kept.get(key);
    if (kept === undefined || kept.session.form !== form) return undefined;
    if (!(await this.#lasts(kept))) {
      this.#end(key);
      return undefined;
    }
    kept.used = this.#now();
    return kept.session.ended.aborted ? undefined : kept.session;
  }

  /** Signs out. */
  end(id: string): void {
    this.#end(digest(id));
  }

  /** Ends what is over, so that connections which only listen end too. */
  async sweep(): Promise<void> {
    for (const [key, kept] of [...this.#kept]) if (!(await this.#lasts(kept))) this.#end(key);
  }

  async #lasts({ session, used }: Kept): Promise<boolean> {
    const now = this.#now();
    if (now >= session.expires || now - used >= IDLE_MILLISECONDS) return false;
    return this.#isCurrent(session);
  }

  #makeRoom(user: string): void {
    const own = [...this.#kept].filter(([, kept]) => kept.session.user === user);
    if (own.length < MOST_PER_USER) return;
    const [oldest] = own.sort(([, left], [, right]) => left.used - right.used);
    if (oldest !== undefined) this.#end(oldest[0]);
  }

  #end(key: string): void {
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    kept?.controller.abort();
  }
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
