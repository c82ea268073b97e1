import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { HEALTH_PATH } from '../../../shared/contract/health.ts';
import { readAnnouncement } from '../../engine/announcement.ts';
import { isThisMachine } from './connect-address.ts';
import type { HostProblem, RunningHost } from './host-child.ts';

const TIMEOUT = 3000;
/** Milliseconds between two looks at whether somebody else's host is still there. */
const EVERY = 2000;

/**
 * The host that holds the data directory already, when it answers. It is not ours: it goes on when this program ends.
 */
export async function findHost(dataDirectory: string): Promise<RunningHost | undefined> {
  const announcement = await readAnnouncement(dataDirectory);
  if (announcement === undefined || !isThisMachine(announcement.url)) return undefined;
  const { url, tokenFile } = announcement;
  if (!(await isThere(url))) return undefined;
  return { url, tokenFile, isOwn: false, ended: untilGone(url), stop: async () => {} };
}

/** The token in a host's file. */
export async function readToken(tokenFile: string): Promise<string> {
  return (await readFile(tokenFile, 'utf8')).trim();
}

async function untilGone(url: string): Promise<HostProblem> {
  do await new Promise((resolve) => setTimeout(resolve, EVERY).unref());
  while (await isThere(url));
  return { params: {}, text: `${url} does not answer any more` };
}

function isThere(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(new URL(HEALTH_PATH, url), { timeout: TIMEOUT, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
