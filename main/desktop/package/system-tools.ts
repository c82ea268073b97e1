import { execFile } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A runtime of type 2 for AppImages: the program that each of them begins with. */
const RUNTIME = 'HOLDFAST_APPIMAGE_RUNTIME';
const DPKG_AS_FPM = join(import.meta.dirname, 'linux', 'fpm-by-dpkg.ts');

/**
 * What makes electron-builder use the tools of this machine, as environment variables; `folder` is for links to them.
 * Tools that are not here are left to it: it downloads its own. Debian has them in 7zip or p7zip-full, squashfs-tools,
 * desktop-file-utils and dpkg.
 */
export async function systemTools(folder: string): Promise<Record<string, string>> {
  const [sevenZip, squash, validate, dpkg] = await Promise.all(
    ['7za', 'mksquashfs', 'desktop-file-validate', 'dpkg-deb'].map(pathOf),
  );
  const runtime = process.env[RUNTIME];
  return {
    ...(sevenZip && { ELECTRON_BUILDER_7ZIP_PATH: sevenZip }),
    ...(dpkg && { CUSTOM_FPM_PATH: DPKG_AS_FPM }),
    ...(squash &&
      validate &&
      runtime && { APPIMAGE_TOOLS_PATH: await appImageTools(folder, squash, validate, runtime) }),
  };
}

/** The folder that electron-builder would have unpacked, made of links. */
async function appImageTools(
  folder: string,
  squash: string,
  validate: string,
  runtime: string,
): Promise<string> {
  const tools = join(folder, 'appimage');
  await rm(tools, { recursive: true, force: true });
  await mkdir(join(tools, 'runtimes'), { recursive: true });
  await mkdir(join(tools, 'lib', process.arch), { recursive: true });
  await symlink(squash, join(tools, 'mksquashfs'));
  await symlink(validate, join(tools, 'desktop-file-validate'));
  await symlink(runtime, join(tools, 'runtimes', `runtime-${process.arch}`));
  return tools;
}

async function pathOf(command: string): Promise<string | undefined> {
  const found = await promisify(execFile)('which', [command]).catch(() => undefined);
  return found?.stdout.trim();
}
