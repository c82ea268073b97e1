import { describe, expect, it } from 'vitest';
import type { StoredSession } from '../../../main/host/sessions/session-file.ts';
import {
  IDLE_MILLISECONDS,
  LIFE_MILLISECONDS,
  SessionStore,
} from '../../../main/host/sessions/session-store.ts';
import { SignInDesk } from '../../../main/host/sessions/sign-in.ts';
import { Throttle } from '../../../main/host/sessions/throttle.ts';

const ANNA = { user: 'anna', role: 'viewer', stamp: '1' } as const;
const COOKIE = { form: 'cookie', remote: '10.0.0.1', outlives: true } as const;

function clock() {
  let time = 1_000_000;
  return {
    now: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

describe('a session', () => {
  it('ends when it is not used', async () => {
    const { now, pass } = clock();
    const store = new SessionStore({ now, isCurrent: async () => true });
    const { id, session } = store.open(ANNA, COOKIE);
    pass(IDLE_MILLISECONDS - 1);
    expect(await store.find(id, 'cookie')).toBe(session);
    pass(IDLE_MILLISECONDS - 1);
    expect(await store.find(id, 'cookie')).toBe(session);
    pass(IDLE_MILLISECONDS);
    expect(await store.find(id, 'cookie')).toBeUndefined();
    expect(session.ended.aborted).toBe(true);
  });

  it('ends after a time, however much it is used', async () => {
    const { now, pass } = clock();
    const store = new SessionStore({ now, isCurrent: async () => true });
    const { id, session } = store.open(ANNA, COOKIE);
    expect(session.expires).toBe(now() + LIFE_MILLISECONDS);
    for (let used = 0; used + IDLE_MILLISECONDS / 2 < LIFE_MILLISECONDS; used += IDLE_MILLISECONDS / 2) {
      expect(await store.find(id, 'cookie')).toBe(session);
      pass(IDLE_MILLISECONDS / 2);
    }
    pass(IDLE_MILLISECONDS / 2);
    expect(await store.find(id, 'cookie')).toBeUndefined();
  });

  it('ends by a sweep when nobody asks for it any more', async () => {
    const { now } = clock();
    let current = true;
    const store = new SessionStore({ now, isCurrent: async () => current });
    const { session } = store.open(ANNA, COOKIE);
    await store.sweep();
    expect(session.ended.aborted).toBe(false);
    current = false;
    await store.sweep();
    expect(session.ended.aborted).toBe(true);
  });

  it('of which one user cannot have any number, and never at the cost of another', async () => {
    const { now, pass } = clock();
    const store = new SessionStore({ now, isCurrent: async () => true });
    const other = store.open({ user: 'otto', role: 'admin' }, COOKIE);
    const ids: string[] = [];
    for (let count = 0; count < 60; count++) {
      pass(1);
      ids.push(store.open(ANNA, COOKIE).id);
    }
    const alive = await Promise.all(ids.map((id) => store.find(id, 'cookie')));
    expect(alive.map((session) => session !== undefined)).toEqual([
      ...Array(10).fill(false),
      ...Array(50).fill(true),
    ]);
    expect(await store.find(other.id, 'cookie')).toBe(other.session);
  });

  it('outlives the host where its cookie went to the host alone, as a digest', async () => {
    const { now, pass } = clock();
    let file: readonly StoredSession[] = [];
    const keep = async (sessions: readonly StoredSession[]) => {
      file = sessions;
    };
    let current = true;
    const start = () => new SessionStore({ now, isCurrent: async () => current, stored: file, keep });
    const before = start();
    const remote = before.open(ANNA, COOKIE);
    const ended = before.open(ANNA, COOKIE);
    const loopback = before.open(ANNA, { ...COOKIE, outlives: false });
    const owner = before.open({ user: '(local)', role: 'admin' }, COOKIE);
    before.end(ended.id);
    expect(JSON.stringify(file)).not.toContain(remote.id);
    pass(1000);
    const after = start();
    expect(await after.find(remote.id, 'bearer')).toBeUndefined();
    expect(await after.find(remote.id, 'cookie')).toMatchObject({
      user: 'anna',
      role: 'viewer',
      expires: remote.session.expires,
    });
    for (const { id } of [ended, loopback, owner]) expect(await after.find(id, 'cookie')).toBeUndefined();
    // A use is written down now and then, and counts after the next start.
    pass(IDLE_MILLISECONDS / 2);
    await after.find(remote.id, 'cookie');
    await after.sweep();
    pass(IDLE_MILLISECONDS / 2 + 1);
    expect(await start().find(remote.id, 'cookie')).toBeDefined();
    current = false;
    expect(await start().find(remote.id, 'cookie')).toBeUndefined();
    expect(file).toEqual([]);
  });

  it('ends with the others of its user, but for the one that asks', async () => {
    const store = new SessionStore({ now: () => 0, isCurrent: async () => true });
    const [own, second, third] = [1, 2, 3].map(() => store.open(ANNA, COOKIE));
    const stranger = store.open({ ...ANNA, user: 'otto' }, COOKIE);
    expect(store.endOthers('anna', own?.session.digest)).toBe(2);
    expect(second?.session.ended.aborted).toBe(true);
    expect(third?.session.ended.aborted).toBe(true);
    expect(own?.session.ended.aborted).toBe(false);
    expect(stranger.session.ended.aborted).toBe(false);
  });

  it('has an id that nobody can foresee', () => {
    const store = new SessionStore({ now: () => 0, isCurrent: async () => true });
    const ids = Array.from({ length: 20 }, () => store.open(ANNA, { ...COOKIE, form: 'bearer' }).id);
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(32);
  });
});

describe('the throttle', () => {
  it('lets a burst pass, then one at a time', () => {
    const { now, pass } = clock();
    const throttle = new Throttle({ now, burst: 3, each: 1000 });
    expect([1, 2, 3].map(() => throttle.take('a'))).toEqual([0, 0, 0]);
    const wait = throttle.take('a');
    expect(wait).toBeGreaterThan(0);
    pass(wait);
    expect(throttle.take('a')).toBe(0);
    expect(throttle.take('a')).toBeGreaterThan(0);
  });

  it('does not count what was given back', () => {
    const throttle = new Throttle({ now: () => 0, burst: 1, each: 1000 });
    for (let count = 0; count < 5; count++) {
      expect(throttle.take('a')).toBe(0);
      throttle.giveBack('a');
    }
  });
});

describe('the sign-in desk', () => {
  const users = (verify: () => Promise<undefined>) => ({
    verify,
    isCurrent: async () => true,
    isUser: async () => true,
    hasAdmin: async () => true,
  });
  const wrong = { user: 'anna', password: 'x' };

  it('takes the addresses of one IPv6 network for one', async () => {
    const desk = new SignInDesk(
      'token',
      users(async () => undefined),
      () => 0,
    );
    const codes: string[] = [];
    for (let host = 1; host <= 12; host++) {
      const from = { remote: `2001:db8:1:2::${host.toString(16)}`, isLocal: false };
      codes.push(await desk.check({ ...wrong, user: `u${host}` }, from).catch((error) => error.code));
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('host.wrong-credentials'));
    expect(codes.slice(10)).toEqual(Array(2).fill('host.too-many-attempts'));
    const other = { remote: '2001:db8:1:3::1', isLocal: false };
    await expect(desk.check({ ...wrong, user: 'u' }, other)).rejects.toMatchObject({
      code: 'host.wrong-credentials',
    });
  });

  it('slows down guesses on one name from everywhere', async () => {
    const desk = new SignInDesk(
      'token',
      users(async () => undefined),
      () => 0,
    );
    const codes: string[] = [];
    for (let host = 1; host <= 32; host++) {
      codes.push(
        await desk.check(wrong, { remote: `10.0.0.${host}`, isLocal: false }).catch((error) => error.code),
      );
    }
    expect(codes.filter((code) => code === 'host.wrong-credentials')).toHaveLength(30);
    expect(codes.at(-1)).toBe('host.too-many-attempts');
  });

  it('checks two passwords at once at most, and keeps a short queue', async () => {
    let running = 0;
    let most = 0;
    const open = Promise.withResolvers<void>();
    const verify = async () => {
      running += 1;
      most = Math.max(most, running);
      await open.promise;
      running -= 1;
      return undefined;
    };
    const desk = new SignInDesk('token', users(verify), () => 0);
    const tries = Array.from({ length: 25 }, (_, index) =>
      desk
        .check({ user: `u${index}`, password: 'x' }, { remote: `10.0.1.${index}`, isLocal: false })
        .catch((error) => error.code),
    );
    open.resolve();
    const codes = await Promise.all(tries);
    expect(most).toBe(2);
    expect(codes.filter((code) => code === 'host.wrong-credentials')).toHaveLength(18);
    expect(codes.filter((code) => code === 'host.too-many-attempts')).toHaveLength(7);
  });

  it('takes the host’s token from this machine only', async () => {
    const desk = new SignInDesk(
      'token',
      users(async () => undefined),
      () => 0,
    );
    expect(await desk.check({ token: 'token' }, { remote: '127.0.0.1', isLocal: true })).toMatchObject({
      role: 'admin',
    });
    await expect(
      desk.check({ token: 'token' }, { remote: '127.0.0.1', isLocal: false }),
    ).rejects.toMatchObject({ code: 'host.wrong-credentials' });
  });
});
