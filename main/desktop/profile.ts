import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** What the program works on: a data directory of this machine, or a host that runs already. */
export type Subject =
  | { readonly of: 'data-directory'; readonly path: string }
  | { readonly of: 'host'; readonly origin: string };

/**
 * The folder of the window's profile: cookies, preferences, and the lock by which there is one program for each data
 * directory or host. It lies in the data directory itself, or among the user's settings. `settings`: that folder.
 */
export function profileFolder(subject: Subject, settings: string): string {
  if (subject.of === 'data-directory') return join(subject.path, 'desktop');
  const name = new URL(subject.origin).host.replace(/[^\w.-]/g, '_');
  const digest = createHash('sha256').update(subject.origin).digest('hex').slice(0, 8);
  return join(settings, 'Holdfast', 'hosts', `${name}-${digest}`);
}
