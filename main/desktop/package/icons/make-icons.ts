import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { icnsOf, icoOf, type Picture } from './containers.ts';

/*
 * Makes the icons in `resources` from the renderer's mark; to be run by hand when the mark changes. Draws with
 * rsvg-convert, of Debian's librsvg2-bin.
 */

const MARK = join(import.meta.dirname, '..', '..', '..', '..', 'renderer', 'app', 'mark.svg');
const RESOURCES = join(import.meta.dirname, '..', 'resources');
/** What desktops of Linux ask for. */
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 128, 256];
const MAC = [32, 64, 128, 256, 512, 1024];

const run = promisify(execFile);

async function draw(size: number): Promise<Picture> {
  const args = ['-w', String(size), '-h', String(size), MARK];
  const { stdout } = await run('rsvg-convert', args, { encoding: 'buffer', maxBuffer: 2 ** 26 });
  return { size, png: stdout };
}

await mkdir(join(RESOURCES, 'icons'), { recursive: true });
for (const { size, png } of await Promise.all(LINUX.map(draw)))
  await writeFile(join(RESOURCES, 'icons', `${size}x${size}.png`), png);
await writeFile(join(RESOURCES, 'icon.ico'), icoOf(await Promise.all(WINDOWS.map(draw))));
await writeFile(join(RESOURCES, 'icon.icns'), icnsOf(await Promise.all(MAC.map(draw))));
