import { z } from 'zod';
import { fromReport } from '../../shared/contract/reported.ts';
import { SESSION_PATH, type SessionState, type SignIn, sessionState } from '../../shared/contract/session.ts';
import { HoldfastError } from '../../shared/errors/error.ts';
import { errorReport } from '../../shared/model/run.ts';

const FRAGMENT_TOKEN = /^#token=([\w.-]+)$/;
const LINK_TOKEN = /#token=([\w.-]+)\s*$/;

const refusal = z.object({ error: errorReport });

/**
 * Asks the host who is signed in in this browser, and if nobody is, which ways in there are.
 * @throws HoldfastError `host.connection-lost`
 */
export async function readSession(): Promise<SessionState> {
  const response = await send('GET');
  const parsed = sessionState.safeParse(await json(response));
  if (parsed.success) return parsed.data;
  throw new HoldfastError('host.connection-lost', { problem: `it answers ${response.status}` });
}

/**
 * Exchanges credentials for a cookie that scripts cannot read.
 * @throws HoldfastError what the host refuses with; `host.connection-lost`
 */
export async function signIn(credentials: SignIn): Promise<void> {
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

async function send(method: 'GET' | 'POST' | 'DELETE', body?: string): Promise<Response> {
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
