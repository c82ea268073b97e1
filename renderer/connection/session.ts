import { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { errorReport } from '../../shared/model/run.ts';
import { fromReport } from './errors.ts';

const SESSION_PATH = '/session';
const FRAGMENT_TOKEN = /^#token=([\w.-]+)$/;
const LINK_TOKEN = /#token=([\w.-]+)\s*$/;

const refusal = z.object({ error: errorReport });
const session = z
  .object({ contract: z.int(), user: z.string(), role: z.string(), users: z.boolean() })
  .partial()
  .catch({});

/** What the host tells of the session; members that it does not know of are absent. */
export type SessionFacts = z.infer<typeof session>;

/** `signed-out`: no cookie or an old one. `unreachable`: nothing answers. */
export type SessionState =
  | { readonly state: 'signed-in'; readonly facts: SessionFacts }
  | { readonly state: 'signed-out'; readonly facts: SessionFacts }
  | { readonly state: 'unreachable' };

/** Asks the host whether the browser's cookie still stands. */
export async function readSession(): Promise<SessionState> {
  try {
    const response = await fetch(SESSION_PATH, { headers: { accept: 'application/json' } });
    if (response.status === 401) return { state: 'signed-out', facts: session.parse(await json(response)) };
    if (!response.ok) return { state: 'unreachable' };
    return { state: 'signed-in', facts: session.parse(await json(response)) };
  } catch {
    return { state: 'unreachable' };
  }
}

/** What a person signs in with. */
export type Credentials = { readonly token: string } | { readonly user: string; readonly password: string };

/**
 * Exchanges credentials for a cookie that scripts cannot read.
 * @throws HoldfastError what the host refuses with; `host.connection-lost`
 */
export async function signIn(credentials: Credentials): Promise<void> {
  const response = await send('POST', JSON.stringify(credentials));
  if (response.ok) return;
  const parsed = refusal.safeParse(await json(response));
  if (parsed.success) throw fromReport(parsed.data.error);
  throw new HoldfastError('host.connection-lost', { problem: `it answers ${response.status}` });
}

/** Ends the session here and on the host. @throws HoldfastError `host.connection-lost` */
export async function signOut(): Promise<void> {
  await send('DELETE');
}

async function send(method: 'POST' | 'DELETE', body?: string): Promise<Response> {
  try {
    const content = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
    return await fetch(SESSION_PATH, { method, ...content });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('host.connection-lost', { problem }, error);
  }
}

async function json(response: Response): Promise<unknown> {
  return await response.json().catch(() => undefined);
}

/** The token in the page's own address, if it was opened by the link; taken out of address and history at once. */
export function takeTokenFromAddress(): string | undefined {
  const token = FRAGMENT_TOKEN.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** The token in what a person pasted: the whole link, or the token alone. */
export function tokenIn(pasted: string): string {
  return LINK_TOKEN.exec(pasted)?.[1] ?? pasted.trim();
}
