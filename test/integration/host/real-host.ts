import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectHost } from '../../../main/cli/session/host-link.ts';
import type { Session } from '../../../main/cli/session/session.ts';
import type { Role } from '../../../shared/contract/session.ts';
import { type Desk, openDesk } from '../cli/command.ts';
import { type Answer, ask } from './served.ts';

export const PASSWORD = 'correct horse battery';

/** The program as it ships, serving as a process of its own, with a user of each role. */
export interface RealHost extends AsyncDisposable {
  readonly desk: Desk;
  readonly data: string;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** A session of a user of this role, for `Authorization: Bearer`. */
  bearer(role: Role): Promise<string>;
  /** The contract as a user of this role may use it. */
  connect(role: Role): Promise<Session>;
}

/** Starts it; `flags` go to `serve`. */
export async function startRealHost(...flags: string[]): Promise<RealHost> {
  const desk = await openDesk({ HOLDFAST_USER_PASSWORD: PASSWORD });
  for (const role of ['viewer', 'operator', 'admin']) await desk.json('user', 'add', role, '--role', role);
  await desk.serve(...flags);
  const data = join(desk.folder, 'data');
  const { url, tokenFile } = JSON.parse(await readFile(join(data, 'host.json'), 'utf8'));
  const port = Number(new URL(url).port);
  const bearer = async (role: Role) => {
    const answer = await signIn(port, { user: role, password: PASSWORD, bearer: true });
    return String(JSON.parse(answer.body).token);
  };
  return {
    desk,
    data,
    url,
    port,
    token: await readFile(tokenFile, 'utf8'),
    bearer,
    connect: async (role) => {
      const file = join(desk.folder, `session-of-${role}`);
      await writeFile(file, await bearer(role), { mode: 0o600 });
      const session = await connectHost({ url, tokenFile: file });
      if (session === undefined) throw new Error('nobody listens');
      return session;
    },
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

/** POSTs to /session, as a program does. */
export function signIn(port: number, body: object): Promise<Answer> {
  const text = JSON.stringify(body);
  return ask(port, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) },
    body: text,
  });
}
