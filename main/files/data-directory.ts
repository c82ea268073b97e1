import { posix, win32 } from 'node:path';

interface Place {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
  readonly cwd: string;
}

/** The data directory, absolute: as given, else `HOLDFAST_DATA_DIR`, else where the system keeps a user's data. */
export function dataDirectoryOf(place: Place, given?: string): string {
  const path = place.platform === 'win32' ? win32 : posix;
  const chosen = given ?? place.env.HOLDFAST_DATA_DIR;
  return chosen ? path.resolve(place.cwd, chosen) : systemDirectory(place);
}

function systemDirectory({ env, platform, home }: Place): string {
  if (platform === 'win32') {
    return win32.join(env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), 'Holdfast');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Holdfast');
  const xdg = env.XDG_DATA_HOME;
  // The XDG specification: a relative path there is invalid and must be ignored.
  const base = xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share');
  return posix.join(base, 'holdfast');
}
