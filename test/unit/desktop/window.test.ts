import { describe, expect, test } from 'vitest';
import { wayOfClosing } from '../../../main/desktop/closing.ts';
import { originToConnect, withoutUserInfo } from '../../../main/desktop/host/connect-address.ts';
import { profileFolder } from '../../../main/desktop/profile.ts';
import { startBounds } from '../../../main/desktop/window/bounds.ts';
import { type GuardedSession, guardSession } from '../../../main/desktop/window/guard-session.ts';
import { forBrowser, isTrusted, isWithin } from '../../../main/desktop/window/navigation-lock.ts';

const ORIGIN = 'http://127.0.0.1:7420';

describe('the lock', () => {
  test.each([`${ORIGIN}/`, `${ORIGIN}/runs/1?x=http://elsewhere`])('%s is the host’s', (url) =>
    expect(isWithin(ORIGIN, url)).toBe(true),
  );

  test.each([
    'http://127.0.0.1:74200/',
    'http://127.0.0.1:7420@evil.example/',
    'https://127.0.0.1:7420/',
    'http://localhost:7420/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    `blob:${ORIGIN}/1`,
    'data:text/html,x',
    'about:blank',
    'not an address',
  ])('%s is not', (url) => expect(isWithin(ORIGIN, url)).toBe(false));

  test('only manuals that are known go to the browser', () => {
    expect(forBrowser('https://kafka.apache.org/documentation/')).toBe(
      'https://kafka.apache.org/documentation/',
    );
    for (const url of [
      'http://kafka.apache.org/',
      'https://kafka.apache.org.evil.example/',
      'https://a:b@kafka.apache.org/',
      'file:///x',
      'smb://kafka.apache.org/x',
      '',
    ]) {
      expect(forBrowser(url)).toBeUndefined();
    }
  });

  test('messages count from the top frame of the host’s page', () => {
    const own = { url: `${ORIGIN}/settings`, isTopFrame: true };
    expect(isTrusted(ORIGIN, own)).toBe(true);
    expect(isTrusted(ORIGIN, { ...own, isTopFrame: false })).toBe(false);
    expect(isTrusted(ORIGIN, { ...own, url: 'data:text/html,x' })).toBe(false);
    expect(isTrusted(undefined, own)).toBe(false);
  });
});

/** What a guarded session answers to a page, when it asks and when it looks whether it may. */
function permissionsOf(origin: string | undefined) {
  let request: Parameters<GuardedSession['setPermissionRequestHandler']>[0] = null;
  let check: Parameters<GuardedSession['setPermissionCheckHandler']>[0] = null;
  guardSession(
    {
      setPermissionRequestHandler: (handler) => {
        request = handler;
      },
      setPermissionCheckHandler: (handler) => {
        check = handler;
      },
      setDevicePermissionHandler: () => {},
      setSpellCheckerEnabled: () => {},
    },
    () => origin,
  );
  return (permission: string, url: string, isMainFrame = true) => {
    const answers: unknown[] = [];
    const details = { requestingUrl: url, isMainFrame };
    const answer = (isGranted: unknown) => answers.push(isGranted);
    if (request !== null) Reflect.apply(request, undefined, [{}, permission, answer, details]);
    if (check !== null) answers.push(Reflect.apply(check, undefined, [null, permission, url, details]));
    return answers;
  };
}

describe('permissions', () => {
  test('the host’s page may copy, and nothing else', () => {
    const answers = permissionsOf(ORIGIN);
    expect(answers('clipboard-sanitized-write', `${ORIGIN}/`)).toEqual([true, true]);
    for (const permission of ['clipboard-read', 'notifications', 'media', 'geolocation', 'unknown']) {
      expect(answers(permission, `${ORIGIN}/`)).toEqual([false, false]);
    }
  });

  test('no other page may, no frame, and none before there is a host', () => {
    const answers = permissionsOf(ORIGIN);
    expect(answers('clipboard-sanitized-write', 'http://127.0.0.1:7421/')).toEqual([false, false]);
    expect(answers('clipboard-sanitized-write', '')).toEqual([false, false]);
    expect(answers('clipboard-sanitized-write', `${ORIGIN}/`, false)).toEqual([false, false]);
    expect(permissionsOf(undefined)('clipboard-sanitized-write', `${ORIGIN}/`)).toEqual([false, false]);
  });
});

describe('--connect', () => {
  test('takes TLS, and plain HTTP of this machine alone', () => {
    expect(originToConnect('https://backup.example.org:7443/x?y')).toEqual({
      origin: 'https://backup.example.org:7443',
    });
    expect(originToConnect('http://127.0.0.1:7420')).toEqual({ origin: ORIGIN });
    expect(originToConnect('http://backup.example.org')).toEqual({ problem: 'not-encrypted' });
    expect(originToConnect('http://127.0.0.1.example.org')).toEqual({ problem: 'not-encrypted' });
    for (const text of ['', 'backup.example.org', 'file:///x', 'https://me:pw@backup.example.org']) {
      expect(originToConnect(text)).toEqual({ problem: 'not-an-address' });
    }
  });

  test('is repeated without the password that stands in it', () => {
    expect(withoutUserInfo('https://me:pw@backup.example.org/x')).toBe('https://backup.example.org/x');
    expect(withoutUserInfo('https://me:p@w@backup.example.org')).toBe('https://backup.example.org');
    expect(withoutUserInfo('https:/me:pw@backup.example.org')).toBe('https:/backup.example.org');
    expect(withoutUserInfo('https://me:p/w@backup.example.org')).toBe('https://backup.example.org');
    expect(withoutUserInfo('http://backup.example.org/a')).toBe('http://backup.example.org/a');
  });

  test('each host and each data directory has a profile of its own', () => {
    const folders = ['https://a.example', 'https://a.example:7443', 'http://[::1]:7443'].map((origin) =>
      profileFolder({ of: 'host', origin }, '/settings'),
    );
    expect(new Set(folders).size).toBe(3);
    for (const folder of folders) expect(folder).toMatch(/^\/settings\/Holdfast\/hosts\/[\w.-]+$/);
    expect(profileFolder({ of: 'data-directory', path: '/d' }, '/settings')).toBe('/d/desktop');
  });
});

describe('where the window opens', () => {
  const screen = { x: 0, y: 24, width: 1920, height: 1056 };
  const saved = { x: 100, y: 80, width: 1200, height: 800 };

  test('where it was', () => expect(startBounds(saved, [screen])).toEqual(saved));

  test('at its usual size where its screen is gone', () => {
    const usual = { width: 1280, height: 840 };
    expect(startBounds(undefined, [screen])).toEqual(usual);
    expect(startBounds({ ...saved, x: 4000 }, [screen])).toEqual(usual);
    expect(startBounds({ ...saved, y: 3000 }, [screen])).toEqual(usual);
    expect(startBounds({ ...saved, x: -1150 }, [screen])).toEqual(usual);
  });

  test('no larger than the screen that it is on, with its title in reach', () => {
    const small = { ...screen, width: 1024, height: 700 };
    expect(startBounds({ ...saved, y: 0, width: 3000, height: 2000 }, [small])).toEqual({
      x: 100,
      y: 24,
      width: 1024,
      height: 700,
    });
  });
});

describe('closing the window', () => {
  const moment = { platform: 'linux', closing: 'running', hasOwnRuns: false, toldOfTray: false } as const;

  test('ends the program when nothing runs in it', () => expect(wayOfClosing(moment)).toBe('quit'));

  test('asks once, then hides, while runs go on', () => {
    expect(wayOfClosing({ ...moment, hasOwnRuns: true })).toBe('ask');
    expect(wayOfClosing({ ...moment, hasOwnRuns: true, toldOfTray: true })).toBe('hide');
  });

  test('always hides where that was chosen, and on macOS', () => {
    expect(wayOfClosing({ ...moment, closing: 'always', toldOfTray: true })).toBe('hide');
    expect(wayOfClosing({ ...moment, platform: 'darwin' })).toBe('hide');
  });
});
