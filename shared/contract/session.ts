import { z } from 'zod';

/** Where a browser signs in (POST), asks whether it is signed in (GET) and signs out (DELETE). */
export const SESSION_PATH = '/session';

/** Status that a WebSocket is closed with when its session has ended. */
export const SIGNED_OUT_STATUS = 4401;

/** What somebody may do, from the least on; each may do what those before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** Who the holder of the host's own token is. Not the name of a user: those begin with a letter. */
export const LOCAL_USER = '(local)';

/** Names of users: letters, digits and `. _ @ -`, beginning with a letter; in lower case. */
export const userName = z
  .string()
  .regex(/^[a-z][a-z0-9._@-]{0,63}$/, 'up to 64 of a-z, 0-9, ".", "_", "@", "-", beginning with a letter');

/** Characters that a password has at least. */
export const SHORTEST_PASSWORD = 12;

/** What one signs in with. `bearer` asks for a token in the answer, for programs, in place of a cookie. */
export const signIn = z.union([
  z.strictObject({ token: z.string().min(1).max(200), bearer: z.literal(true).optional() }),
  z.strictObject({
    user: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    bearer: z.literal(true).optional(),
  }),
]);
export type SignIn = z.infer<typeof signIn>;

/** Somebody who is signed in. */
export const signedIn = z.object({
  signedIn: z.literal(true),
  user: z.string(),
  role,
  /** When it ends at the latest; unused it ends earlier. */
  expires: z.iso.datetime(),
  /** For `Authorization: Bearer`; only where `bearer` was asked for. */
  token: z.string().optional(),
});

/** The answer to GET. Signed out it tells which ways in there are: the link of this machine, or name and password. */
export const sessionState = z.discriminatedUnion('signedIn', [
  signedIn,
  z.object({ signedIn: z.literal(false), ways: z.array(z.enum(['token', 'password'])) }),
]);
export type SessionState = z.infer<typeof sessionState>;
