import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';
import { nextLine, startChild } from '../../storages/child.ts';

const script = new URL('../../secrets/keychain-child.ts', import.meta.url);
let directory: string;

beforeEach(() => {
  directory = workFolder('keychain');
});

afterEach(() => removeWorkFolder(directory));

function isInstalled(command: string): boolean {
  try {
    execFileSync('which', [command], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const canRunKeyring = ['dbus-run-session', 'gnome-keyring-daemon'].every(isInstalled);

/** A session of its own whose GNOME Keyring is unlocked by a password, as a desktop login does it. */
const SESSION = [
  'dbus-run-session',
  '--',
  '/bin/sh',
  '-c',
  'printf login | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "$@"',
  'sh',
];

test.skipIf(!canRunKeyring)('a vault is kept by a real GNOME Keyring', async () => {
  const home = [
    'env',
    `HOME=${directory}`,
    `XDG_RUNTIME_DIR=${directory}`,
    `XDG_DATA_HOME=${directory}/data`,
  ];
  const child = startChild(script, [directory], [...home, ...SESSION]);
  expect(await nextLine(child)).toBe('kept by the keychain; secrets.wrong-protector');
  await child.ended;
});

test.skipIf(process.platform !== 'linux')(
  'without a Secret Service the keychain is unavailable',
  async () => {
    const nowhere = ['env', '-u', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent'];
    const child = startChild(script, [directory], nowhere);
    expect(await nextLine(child)).toBe('secrets.keychain-unavailable');
    expect(await child.ended).toBe(0);
  },
);
