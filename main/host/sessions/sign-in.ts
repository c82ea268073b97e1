import { isIPv6 } from 'node:net';
import { LOCAL_USER, type SignIn } from '../../../shared/contract/session.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Identity } from './session-store.ts';
import { Throttle } from './throttle.ts';
import { sameToken } from './token.ts';

/** The people who may sign in, as the host needs them. */
export interface UserBook {
  /** The user whose name and password these are. Takes as long when there is no such user. */
  verify(name: string, password: string): Promise<Identity | undefined>;
  /** Whether the user is still as it was when it signed in. */
  isCurrent(name: string, stamp: string): Promise<boolean>;
  /** Whether somebody has this name. */
  isUser(name: string): Promise<boolean>;
  /** Whether there is one who may do everything. */
  hasAdmin(): Promise<boolean>;
}

const SECOND = 1000;
/** From one address: ten wrong tries at once, then one every half minute. */
const PER_ADDRESS = { burst: 10, each: 30 * SECOND };
/** On one name, from wherever: more, so that a stranger does not easily keep its owner out. */
const PER_USER = { burst: 30, each: 10 * SECOND };
/** Passwords checked at the same time, and waiting for it: each takes 64 MiB and a part of a second. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 16;

/** Where a try to sign in came from. */
export interface Origin {
  readonly remote: string;
  /** Came over loopback: the host's token counts. */
  readonly isLocal: boolean;
}

/** Checks tokens and passwords, and slows down those who guess. */
export class SignInDesk {
  readonly #token: string;
  readonly #users: UserBook;
  readonly #perAddress: Throttle;
  readonly #perUser: Throttle;
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  /** `now`: milliseconds, monotonic. */
  constructor(token: string, users: UserBook, now: () => number) {
    this.#token = token;
    this.#users = users;
    this.#perAddress = new Throttle({ ...PER_ADDRESS, now });
    this.#perUser = new Throttle({ ...PER_USER, now });
  }

  /** @throws HoldfastError `host.wrong-credentials`, `host.too-many-attempts` */
  async check(given: SignIn, from: Origin): Promise<Identity> {
    // Nobody guesses 256 bits: whoever has the token is let in however often others have failed.
    if ('token' in given) return this.#checkToken(given.token, from);
    const keys = [
      [this.#perAddress, network(from.remote)],
      [this.#perUser, given.user.toLowerCase()],
    ] as const;
    for (const [throttle, key] of keys) refuseGuessing(throttle.take(key));
    const identity = await this.#inTurn(() => this.#users.verify(given.user, given.password));
    if (identity === undefined) throw new HoldfastError('host.wrong-credentials');
    for (const [throttle, key] of keys) throttle.giveBack(key);
    return identity;
  }

  #checkToken(token: string, { isLocal, remote }: Origin): Identity {
    if (isLocal && sameToken(token, this.#token)) return { user: LOCAL_USER, role: 'admin' };
    refuseGuessing(this.#perAddress.take(network(remote)));
    throw new HoldfastError('host.wrong-credentials');
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy >= MOST_AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw tooMany(SECOND);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#busy += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The next one takes over the place of this one.
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }
}

function refuseGuessing(wait: number): void {
  if (wait > 0) throw tooMany(wait);
}

function tooMany(wait: number): HoldfastError {
  return new HoldfastError('host.too-many-attempts', { seconds: Math.ceil(wait / SECOND) });
}

/** Whoever has one IPv6 address has 2^64 of them: they count as one. */
function network(remote: string): string {
  if (!isIPv6(remote)) return remote;
  const [before = '', after = ''] = remote.split('%', 1).join('').split('::');
  const groups = before.split(':').filter((group) => group !== '');
  const rest = after.split(':').filter((group) => group !== '');
  const zeros = remote.includes('::') ? Array<string>(8 - groups.length - rest.length).fill('0') : [];
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':');
}
