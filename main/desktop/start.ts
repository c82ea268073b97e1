import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { app, session } from 'electron';
import { z } from 'zod';
import { fillText } from '../../shared/errors/text.ts';
import { dataDirectoryOf } from '../files/data-directory.ts';
import { readArguments, type ShellArguments } from './arguments.ts';
import { originToConnect, withoutUserInfo } from './host/connect-address.ts';
import { type HostSource, hostElsewhere, hostOfDirectory } from './host/sources.ts';
import { PreferenceFile } from './preferences.ts';
import { profileFolder, type Subject } from './profile.ts';
import { Shell } from './shell.ts';
import { TEXTS } from './texts.ts';

const EXIT_INPUT = 2;
/** What a second start hands to the first. */
const handedOver = z.object({ opening: z.string().max(4096).optional() });

/** Runs the desktop program; called once, before Electron is ready. */
export function startDesktop(argv: readonly string[], cwd: string): void {
  app.setName('Holdfast');
  const given = readArguments(argv, cwd, process.platform);
  const subject = subjectOf(given, cwd);
  if (typeof subject === 'string') {
    refuse(subject);
    return;
  }
  const profile = profileFolder(subject, app.getPath('appData'));
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
  const { opening } = given;
  // The lock lies in the profile: one program for each data directory.
  if (!app.requestSingleInstanceLock(opening === undefined ? {} : { opening })) {
    app.exit(0);
    return;
  }
  // Somebody who starts it without Chromium's sandbox (nobody else than root has to) would get no network process.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (app.isPackaged) {
    app.setAsDefaultProtocolClient('holdfast');
    // As in electron-builder.yml: what Windows knows notifications and the task bar's entry by.
    app.setAppUserModelId('io.holdfast.desktop');
  }
  run(subject, given);
}

function run(subject: Subject, given: ShellArguments): void {
  let shell: Shell | undefined;
  let early = given.opening;
  const ask = (opening: string | undefined) => {
    if (shell === undefined) early = opening ?? early;
    else shell.ask(opening);
  };
  app.on('second-instance', (_event, _argv, _cwd, data) => ask(handedOver.safeParse(data).data?.opening));
  for (const event of ['open-file', 'open-url'] as const) {
    // Both bring one text; each has its own overload.
    app.on(event as 'open-url', (each, text) => {
      each.preventDefault();
      ask(text);
    });
  }
  app.on('activate', () => ask(undefined));
  // Its default picks the first certificate of the person's and shows it to the host.
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  // The program ends when it is told to, not because its window is gone.
  app.on('window-all-closed', () => {});
  app.on('before-quit', () => shell?.prepareToQuit());
  endCleanly(() => shell?.stop());
  void app.whenReady().then(() => {
    const preferences = new PreferenceFile();
    shell = new Shell({
      session: session.defaultSession,
      preferences,
      source: sourceOf(subject, preferences),
      folder: app.getAppPath(),
      version: app.getVersion(),
      hidden: given.hidden,
      command: commandOf(subject),
    });
    shell.start(early);
  });
}

/** Electron waits for nobody: the host is ended first. */
function endCleanly(stop: () => Promise<void> | undefined): void {
  let isStopping = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    void Promise.resolve(stop()).finally(() => app.exit(0));
  });
}

function sourceOf(subject: Subject, preferences: PreferenceFile): HostSource {
  return subject.of === 'host' ? hostElsewhere(subject.origin) : hostOfDirectory(subject.path, preferences);
}

/** What is worked on; a text says why that cannot be. */
function subjectOf({ connect, dataDirectory }: ShellArguments, cwd: string): Subject | string {
  if (connect === undefined) {
    const place = { env: process.env, platform: process.platform, home: homedir(), cwd };
    return { of: 'data-directory', path: dataDirectoryOf(place, dataDirectory) };
  }
  const address = originToConnect(connect);
  if ('origin' in address) return { of: 'host', origin: address.origin };
  const text = address.problem === 'not-encrypted' ? TEXTS.notEncrypted : TEXTS.badAddress;
  return fillText(text, { url: withoutUserInfo(connect) }, 'en');
}

function refuse(problem: string): void {
  console.error(problem);
  app.exit(EXIT_INPUT);
}

/** What starts the program on the same subject. An AppImage is started by its file, not by what it unpacked. */
function commandOf(subject: Subject): readonly string[] {
  const program = process.env.APPIMAGE ?? process.execPath;
  const choice = subject.of === 'host' ? ['--connect', subject.origin] : ['--data-dir', subject.path];
  return [program, ...(app.isPackaged ? [] : [app.getAppPath()]), ...choice];
}
