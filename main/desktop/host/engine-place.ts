import { join } from 'node:path';

/** What tells where the program's parts lie. */
export interface ShellPlace {
  readonly isPackaged: boolean;
  /** Of a packaged program: the folder beside its archive. */
  readonly resourcesPath: string;
  /** The folder of the bundled shell. */
  readonly shell: string;
  readonly platform: string;
}

/** Where the engine lies: unpacked beside the packed shell, or the project that the shell was built in. */
export function engineFolder({ isPackaged, resourcesPath, shell }: Omit<ShellPlace, 'platform'>): string {
  return isPackaged ? join(resourcesPath, 'engine') : join(shell, '..', '..', '..');
}

/** What a host is started from. Absolute paths. */
export interface HostProgram {
  readonly entry: string;
  /** Node 24, as the engine brings it along. */
  readonly node: string;
}

/** The host's entry and the Node that belongs to it. */
export function hostProgram(place: ShellPlace): HostProgram {
  const engine = engineFolder(place);
  const name = place.platform === 'win32' ? 'node.exe' : 'node';
  return {
    entry: join(engine, 'main', 'entries', 'host.ts'),
    node: join(engine, 'node_modules', 'node', 'bin', name),
  };
}

const NEEDED = 24;

/** Whether Electron's own Node can run the host: new enough, and able to take TypeScript as it is. */
export function canRunHost(node: string, typescript: unknown): boolean {
  return Number.parseInt(node, 10) >= NEEDED && (typescript === 'strip' || typescript === 'transform');
}
