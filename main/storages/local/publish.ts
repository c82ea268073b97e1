import { createHash } from 'node:crypto';
import { type link, lstat, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { errnoOf, unless } from '../../files/system-errors.ts';

/** What file systems without hard links (FAT, exFAT, some network and FUSE mounts) answer. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];
const POLL_MILLISECONDS = 50;
/** A claim is held for a check and a rename. Seen unchanged for this many polls, its holder has died. */
const POLLS_UNTIL_DEAD = 100;

/** What publishing needs of its surroundings. */
export interface Publishing {
  /** Where claims stand. */
  readonly staging: string;
  readonly randomHex: (bytes: number) => string;
  readonly link: typeof link;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives a finished file its name unless the name is taken. Of several callers at once, in any process, one
 * succeeds. The file keeps its staged name as well where hard links exist.
 * @throws HoldfastError `storage.exists`.
 */
export async function publishIfAbsent(
  staged: string,
  target: string,
  path: string,
  surroundings: Publishing,
): Promise<void> {
  try {
    await surroundings.link(staged, target);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST') throw new HoldfastError('storage.exists', { path }, error);
    if (errno === undefined || !NO_LINKS.includes(errno)) throw error;
    await publishUnderClaim(staged, target, path, surroundings);
  }
}

/**
 * Without hard links no call both refuses a taken name and shows the whole file at once. So callers first agree,
 * by a claim file made exclusively, who may check and rename. A holder makes sure that nobody took it for dead.
 */
async function publishUnderClaim(
  staged: string,
  target: string,
  path: string,
  surroundings: Publishing,
): Promise<void> {
  const claim = join(surroundings.staging, `${createHash('sha256').update(path).digest('hex')}.claim`);
  const token = surroundings.randomHex(16);
  for (;;) {
    await takeClaim(claim, token, surroundings.signal);
    try {
      if ((await unless(['ENOENT'], lstat(target))) !== undefined) {
        throw new HoldfastError('storage.exists', { path });
      }
      if ((await readClaim(claim)) !== token) continue;
      await rename(staged, target);
      return;
    } finally {
      if ((await readClaim(claim)) === token) await unless(['ENOENT'], unlink(claim));
    }
  }
}

async function takeClaim(claim: string, token: string, signal: AbortSignal | undefined): Promise<void> {
  let holder: string | undefined;
  let polls = 0;
  for (;;) {
    const taken = await unless(
      ['EEXIST'],
      writeFile(claim, token, { flag: 'wx', mode: 0o600 }).then(() => true),
    );
    if (taken === true) return;
    const now = await readClaim(claim);
    polls = now === holder ? polls + 1 : 0;
    holder = now;
    if (polls >= POLLS_UNTIL_DEAD) await unless(['ENOENT'], unlink(claim));
    else await sleep(POLL_MILLISECONDS, undefined, signal === undefined ? {} : { signal });
  }
}

function readClaim(claim: string): Promise<string | undefined> {
  return unless(['ENOENT'], readFile(claim, 'utf8'));
}
