import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { AUTOSTART_FILE, autostartEntry } from './autostart.ts';

const HIDDEN = '--hidden';

/** Whether the system starts the program when its user signs in. */
export function startsAtLogin(): boolean {
  if (process.platform === 'linux') return existsSync(autostartFile());
  return app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin;
}

/** `command`: the program with the arguments that choose its data directory. */
export function setStartAtLogin(enabled: boolean, command: readonly string[]): void {
  if (process.platform === 'linux') {
    writeAutostart(enabled, command);
    return;
  }
  const [path = process.execPath, ...args] = command;
  app.setLoginItemSettings({ openAtLogin: enabled, path, args: [...args, HIDDEN] });
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
