import type { Role } from '../../../shared/contract/session.ts';

/** Who asks. */
export interface Caller {
  /** A user's name, or `(local)` for the holder of the host's token. */
  readonly user: string;
  readonly role: Role;
  /** Address that the request came from. */
  readonly remote: string;
}

/** Somebody who was let in, for as long as that holds. */
export interface Admission {
  readonly caller: Caller;
  /** Digest that names the session; absent for the holder of the host's token. */
  readonly session?: string;
  /** Fires when it ends; absent: it lasts as long as the host. */
  readonly ended?: AbortSignal;
  /** Whether it still holds. Counts as a use of the session. */
  isValid(): Promise<boolean>;
}
