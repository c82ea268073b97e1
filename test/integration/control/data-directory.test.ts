import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Claim, claimDataDirectory, readHostAnnouncement } from '../../../main/engine/data-directory.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { nextLine, startChild } from '../../storages/child.ts';
import { storageContext } from '../../storages/storage-context.ts';

const script = new URL('./child.ts', import.meta.url);
let work: string;
let directory: string;
let claims: Claim[];

beforeEach(() => {
  work = workFolder('data-directory');
  directory = join(work, 'data');
  claims = [];
});

afterEach(async () => {
  for (const claim of claims) await claim.release();
  removeWorkFolder(work);
});

async function claim(): Promise<Claim> {
  const { now, randomHex } = storageContext;
  const made = await claimDataDirectory(directory, { now, randomHex, hostName: 'here', pid: process.pid });
  claims.push(made);
  return made;
}

async function startHost() {
  const child = startChild(script, ['host', directory]);
  return { child, answer: await nextLine(child) };
}

const inUse = expect.objectContaining({ code: 'engine.data-directory-in-use' });

describe('a data directory', () => {
  it('is private, and has an id that stays while every claim has another token', async () => {
    const first = await claim();
    await first.release();
    const second = await claim();
    expect(second.id).toBe(first.id);
    expect(second.token).not.toBe(first.token);
    for (const path of [directory, second.paths.vault, second.paths.runs, second.paths.undo]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
    for (const name of ['directory.json', 'holder.json']) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('is had by one of two processes, and the other is told by whom', async () => {
    const { child, answer } = await startHost();
    expect(answer).toMatchObject({ claimed: expect.stringMatching(/^[0-9a-f]{16}$/) });
    const second = await startHost();
    const { pid } = JSON.parse(readFileSync(join(directory, 'holder.json'), 'utf8'));
    expect(second.answer).toEqual({
      code: 'engine.data-directory-in-use',
      params: { path: directory, pid, host: 'here' },
    });
    expect(await readHostAnnouncement(directory)).toMatchObject({ contract: 7, pid });
    child.say('go');
    expect(await nextLine(child)).toBe('released');
    await claim();
  });

  it('is had by one claim of a process', async () => {
    await claim();
    await expect(claim()).rejects.toThrow(inUse);
  });

  it('is free at once when its holder was killed, and its announcement gone', async () => {
    for (let round = 0; round < 3; round++) {
      const { child } = await startHost();
      await expect(claim()).rejects.toThrow(inUse);
      child.kill('SIGKILL');
      await child.ended;
      expect(readdirSync(directory)).toContain('host.json');
      expect(await readHostAnnouncement(directory)).toBeUndefined();
      const mine = await claim();
      expect(readdirSync(directory)).not.toContain('host.json');
      await mine.release();
    }
  });

  it('goes to exactly one of many that ask at once, looked at by others meanwhile', async () => {
    const lookers = Array.from({ length: 200 }, () => readHostAnnouncement(directory));
    const hosts = await Promise.all([startHost(), startHost(), startHost(), startHost()]);
    await Promise.all(lookers);
    const claimed = hosts.filter(({ answer }) => Object.hasOwn(Object(answer), 'claimed'));
    expect(claimed).toHaveLength(1);
    for (const { child } of hosts) child.kill('SIGKILL');
    await Promise.all(hosts.map(({ child }) => child.ended));
  });

  it('announces a host, anew when asked to, until it is released', async () => {
    expect(await readHostAnnouncement(directory)).toBeUndefined();
    const mine = await claim();
    expect(await readHostAnnouncement(directory)).toBeUndefined();
    await mine.announce({ url: 'http://127.0.0.1:1', tokenFile: '/token', contract: 1 });
    await mine.announce({ url: 'http://127.0.0.1:2', tokenFile: '/token', contract: 1 });
    expect(await readHostAnnouncement(directory)).toMatchObject({
      url: 'http://127.0.0.1:2',
      hostName: 'here',
    });
    await mine.release();
    expect(await readHostAnnouncement(directory)).toBeUndefined();
  });

  it('is not locked by a reader that only looked', async () => {
    const mine = await claim();
    await mine.announce({ url: 'u', tokenFile: 't', contract: 1 });
    for (let time = 0; time < 5; time++) await readHostAnnouncement(directory);
    // Closing a reader's handle in the holder's own process must not drop the holder's lock.
    const { child, answer } = await startHost();
    expect(answer).toMatchObject({ code: 'engine.data-directory-in-use' });
    await child.ended;
  });

  it('that others may write to, or that is none, is refused', async () => {
    const shared = join(work, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    directory = shared;
    await expect(claim()).rejects.toMatchObject({
      code: 'engine.data-directory-unusable',
      params: { problem: { en: expect.stringContaining('777') } },
    });
    directory = join(work, 'file');
    writeFileSync(directory, '');
    await expect(claim()).rejects.toMatchObject({ code: 'engine.data-directory-unusable' });
  });
});
