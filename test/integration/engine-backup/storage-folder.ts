import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every file below a folder, relative and sorted; what the lease and the staging keep is left out unless asked for. */
export function filesIn(folder: string, { hidden = false } = {}): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .filter((path) => hidden || !/(^|\/)(\.|control\.json$|lease)/.test(path))
    .sort();
}

/** Archives only. */
export function archivesIn(folder: string): string[] {
  return filesIn(folder).filter((path) => path.endsWith('.tar.gz'));
}

/** Has the system's own tools confirm an archive: its tar listing, and the checksum files beside it. */
export function confirmByTools(archive: string): string[] {
  const cwd = dirname(archive);
  execFileSync('sha256sum', ['--strict', '-c', `${archive}.sha256`], { cwd, stdio: 'pipe' });
  execFileSync('md5sum', ['--strict', '-c', `${archive}.md5`], { cwd, stdio: 'pipe' });
  return execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).trim().split('\n');
}
