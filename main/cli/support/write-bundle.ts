import { chmod, link, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { BundlePart } from './bundle-part.ts';

/**
 * Packs texts into a .tar.gz that only this user can read. It appears whole; one that is there already stays.
 * @throws HoldfastError `general.invalid-input`
 */
export async function writeBundle(path: string, parts: AsyncIterable<BundlePart>): Promise<void> {
  try {
    const folder = await mkdtemp(join(dirname(path), '.holdfast-support-'));
    try {
      await pack(folder, path, parts);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('general.invalid-input', { what: path, problem }, error);
  }
}

async function pack(folder: string, path: string, parts: AsyncIterable<BundlePart>): Promise<void> {
  const names: string[] = [];
  for await (const { name, text } of parts) {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    names.push(name);
  }
  const draft = join(folder, 'bundle.tar.gz');
  await create({ gzip: true, portable: true, cwd: folder, file: draft }, names);
  await chmod(draft, 0o600);
  // Unlike a rename this fails where the name is taken.
  await link(draft, path);
}
