import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARCHIVE } from './opening.ts';

/** What the program was started with. */
export interface ShellArguments {
  /** Address of a host that runs already. */
  readonly connect?: string;
  /** As given; relative to where the program was started. */
  readonly dataDirectory?: string;
  /** Started by the system at login: no window until somebody asks for it. */
  readonly hidden: boolean;
  /** A `holdfast://` link or the absolute path of an archive. */
  readonly opening?: string;
}

const LINK = /^holdfast:/i;
const FILE = /^file:/i;

/**
 * Reads the command line. What is not ours is passed over: Chromium and the system add switches of their own, and
 * without packaging the program's own folder stands among the arguments.
 */
export function readArguments(argv: readonly string[], cwd: string, platform: string): ShellArguments {
  const connect = optionOf(argv, '--connect');
  const dataDirectory = optionOf(argv, '--data-dir');
  const opening = argv.filter((text) => LINK.test(text) || ARCHIVE.test(text)).at(-1);
  return {
    hidden: argv.includes('--hidden'),
    ...(connect === undefined ? {} : { connect }),
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    ...(opening === undefined ? {} : openingOf(opening, cwd, platform)),
  };
}

function openingOf(text: string, cwd: string, platform: string): Pick<ShellArguments, 'opening'> {
  if (LINK.test(text)) return { opening: text };
  const path = FILE.test(text) ? pathOfUrl(text) : text;
  if (path === undefined) return {};
  return { opening: (platform === 'win32' ? win32 : posix).resolve(cwd, path) };
}

/** File managers hand over addresses. Undefined for one of another machine, or none at all. */
function pathOfUrl(text: string): string | undefined {
  try {
    const url = new URL(text);
    return url.host === '' ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}

function optionOf(argv: readonly string[], name: string): string | undefined {
  const at = argv.lastIndexOf(name);
  if (at !== -1) return argv[at + 1];
  return argv
    .filter((text) => text.startsWith(`${name}=`))
    .at(-1)
    ?.slice(name.length + 1);
}
