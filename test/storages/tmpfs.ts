import { execFileSync } from 'node:child_process';
import { removeWorkFolder, workFolder } from '../servers/processes.ts';

/** Runs `use` while a file system in memory, of its own size, is mounted at a directory. */
export async function mounted<T>(at: string, size: string, use: () => Promise<T>): Promise<T> {
  mount(at, size);
  try {
    return await use();
  } finally {
    unmount(at);
  }
}

/** Whether this process may mount file systems: root outside of most containers. */
export function canMount(): boolean {
  const folder = workFolder('mount');
  try {
    mount(folder, '1m');
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    removeWorkFolder(folder);
  }
}

function mount(at: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at], { stdio: 'pipe' });
}

function unmount(at: string): void {
  execFileSync('umount', ['--lazy', at], { stdio: 'pipe' });
}
