import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { readAnnouncement } from '../../engine/announcement.ts';
import { isThisMachine } from './connect-address.ts';
import type { HostProblem, RunningHost } from './host-child.ts';

/** Cheap, and for those alone who have a token. */
const ABOUT_PATH = '/api/v1/system/about';
const TIMEOUT = 3000;
/** Milliseconds between two looks at whether somebody else's host is still there. */
const EVERY = 2000;

/**
 * The host that holds the data directory already, when it answers and takes the token announced with it: after a crash
 * somebody else's may have its port. It is not ours: it goes on when this program ends.
 */
export async function findHost(dataDirectory: string): Promise<RunningHost | undefined> {
  const announcement = await readAnnouncement(dataDirectory);
  if (announcement === undefined || !isThisMachine(announcement.url)) return undefined;
  const { url, tokenFile } = announcement;
  const token = await readToken(tokenFile).catch(() => undefined);
  if (token === undefined || !(await accepts(url, token))) return undefined;
  return { url, tokenFile, isOwn: false, ended: untilGone(url, token), stop: async () => {} };
}

/** The token in a host's file. */
export async function readToken(tokenFile: string): Promise<string> {
  return (await readFile(tokenFile, 'utf8')).trim();
}

async function untilGone(url: string, token: string): Promise<HostProblem> {
  do await new Promise((resolve) => setTimeout(resolve, EVERY).unref());
  while (await accepts(url, token));
  return { params: {}, text: `${url} does not answer any more` };
}

async function accepts(url: string, token: string): Promise<boolean> {
  const options = { timeout: TIMEOUT, agent: false, headers: { authorization: `Bearer ${token}` } };
  const status = new Promise<number | undefined>((resolve, reject) => {
    const request = get(new URL(ABOUT_PATH, url), options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
  });
  return status.then(
    (code) => code === 200,
    () => false,
  );
}
