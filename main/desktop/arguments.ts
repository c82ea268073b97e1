import { posix, win32 } from 'node:path';

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

const ARCHIVE = /\.(tar\.gz|tgz)$/i;
const LINK = /^holdfast:/i;

/**
 * Reads the command line. What is not ours is passed over: Chromium and the system add switches of their own, and
 * without packaging the program's own folder stands among the arguments.
 */
export function readArguments(argv: readonly string[], cwd: string, platform: string): ShellArguments {
  const connect = optionOf(argv, '--connect');
  const dataDirectory = optionOf(argv, '--data-dir');
  const opening = argv.filter((text) => LINK.test(text) || ARCHIVE.test(text)).at(-1);
  const path = platform === 'win32' ? win32 : posix;
  return {
    hidden: argv.includes('--hidden'),
    ...(connect === undefined ? {} : { connect }),
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    ...(opening === undefined ? {} : { opening: LINK.test(opening) ? opening : path.resolve(cwd, opening) }),
  };
}

function optionOf(argv: readonly string[], name: string): string | undefined {
  const at = argv.lastIndexOf(name);
  if (at !== -1) return argv[at + 1];
  return argv
    .filter((text) => text.startsWith(`${name}=`))
    .at(-1)
    ?.slice(name.length + 1);
}
