import { readToken } from './find-host.ts';

/** What exchanges a host's token for the cookie of the window. */
export interface SignIn {
  signIn(token: string): Promise<void>;
}

/** The window's cookies, as far as they tell why one of them changed. */
export interface CookieChanges {
  on(event: 'changed', listener: (event: unknown, cookie: unknown, cause: string) => void): unknown;
}

/** The window's session, as far as the program can begin it by itself: with the token in its host's file. */
export class WindowSession {
  #isLeft = false;

  constructor(cookies: CookieChanges) {
    cookies.on('changed', (_event, _cookie, cause) => {
      // The host takes its cookie back when a person signs out, never when a session comes to its end.
      if (cause === 'expired-overwrite') this.#isLeft = true;
    });
  }

  /** Signs in to a host that is there now. Whether that worked. */
  async begin(line: SignIn, tokenFile: string): Promise<boolean> {
    this.#isLeft = false;
    try {
      await line.signIn(await readToken(tokenFile));
      return true;
    } catch {
      // The page asks for a sign-in then, and says why that fails.
      return false;
    }
  }

  /** Signs in again after the session has ended, unless a person ended it. Whether that worked. */
  async renew(line: SignIn, tokenFile: string): Promise<boolean> {
    return !this.#isLeft && this.begin(line, tokenFile);
  }
}
