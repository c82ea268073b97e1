import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { unless } from '../../files/system-errors.ts';
import type { StoredObject } from '../contract.ts';
import type { Layout } from './layout.ts';

const NAMES_AT_ONCE = 256;
const GONE = ['ENOENT', 'ENOTDIR'];

/** Every object below a directory, depth first; nothing when there is no such directory. */
export async function* walkObjects(
  layout: Layout,
  prefix: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredObject> {
  const pending: (readonly string[])[] = [prefix];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for await (const { entry, component } of entriesOf(layout, at, signal)) {
      const components = [...at, component];
      if (entry.isDirectory()) pending.push(components);
      if (!entry.isFile()) continue;
      const found = await unless(GONE, lstat(join(entry.parentPath, entry.name)));
      if (found?.isFile()) {
        yield { path: components.join('/'), size: found.size, modified: found.mtime };
      }
    }
  }
}

/** Names of the directories directly below a directory. */
export async function* walkDirectories(
  layout: Layout,
  prefix: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  for await (const { entry, component } of entriesOf(layout, prefix, signal)) {
    if (entry.isDirectory()) yield component;
  }
}

interface NamedEntry {
  readonly entry: Dirent;
  readonly component: string;
}

/** The entries of a directory that the storage knows: no links, nothing of our own, no names we never give. */
async function* entriesOf(
  layout: Layout,
  components: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<NamedEntry> {
  const directory = layout.fileOf(components);
  if (directory === layout.root) await layout.checkRoot();
  if (!(await layout.find(directory))?.isDirectory()) return;
  const opened = await unless(GONE, opendir(directory, { bufferSize: NAMES_AT_ONCE }));
  if (opened === undefined) return;
  for await (const entry of opened) {
    signal?.throwIfAborted();
    const component = layout.componentOf(entry.name);
    if (component !== undefined) yield { entry, component };
  }
}
