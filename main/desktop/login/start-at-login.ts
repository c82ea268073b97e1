import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { AUTOSTART_FILE, autostartEntry } from './autostart.ts';
import { loginItem } from './login-item.ts';

const HIDDEN = '--hidden';

/**
 * Whether the system starts the program when its user signs in. `command`: the program with the arguments that choose
 * its data directory.
 */
export function startsAtLogin(command: readonly string[]): boolean {
  if (process.platform === 'linux') return existsSync(autostartFile());
  return app.getLoginItemSettings(loginItem([...command, HIDDEN])).openAtLogin;
}

/** `command`: as `startsAtLogin` takes it. */
export function setStartAtLogin(enabled: boolean, command: readonly string[]): void {
  if (process.platform === 'linux') {
    writeAutostart(enabled, command);
    return;
  }
  app.setLoginItemSettings({ openAtLogin: enabled, ...loginItem([...command, HIDDEN]) });
}

function writeAutostart(enabled: boolean, command: readonly string[]): void {
  const file = autostartFile();
  if (enabled) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, autostartEntry([...command, HIDDEN]));
  } else {
    rmSync(file, { force: true });
  }
}

function autostartFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', AUTOSTART_FILE);
}
