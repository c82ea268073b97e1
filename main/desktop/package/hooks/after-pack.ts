import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AfterPackContext, LinuxPackager } from 'electron-builder';
import { FUSES, type Fuse, readFuses } from '../fuse-wire.ts';

/** Of an Electron that was unpacked by hand; electron-builder removes them only from those it fetched itself. */
const LEFTOVERS = ['version', 'resources/default_app.asar'];

/** Takes out what belongs to Electron alone, and fits the list of fuses to the ones that this Electron has. */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName, packager } = context;
  if (electronPlatformName !== 'darwin')
    for (const name of LEFTOVERS) await rm(join(appOutDir, name), { force: true });
  await fitFuses(programOf(context), packager.config.electronFuses ?? {});
}

/**
 * A fuse that an older Electron does not have cannot be set, which is said; one that the configuration forgets stays
 * as Electron has it, which is not left to chance.
 */
async function fitFuses(program: string, wanted: { [fuse in Fuse]?: boolean | null }): Promise<void> {
  const { fuses, unknown } = await readFuses(program);
  for (const fuse of FUSES) {
    if (!fuses.has(fuse)) {
      process.stdout.write(`  • this Electron is too old for the fuse ${fuse}\n`);
      delete wanted[fuse];
    } else if (wanted[fuse] === undefined)
      throw new Error(`electron-builder.yml does not say how to set ${fuse}`);
  }
  if (unknown > 0) process.stdout.write(`  • this Electron has ${unknown} fuses that are not known here\n`);
}

function programOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  if (packager instanceof LinuxPackager) return join(appOutDir, packager.executableName);
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`);
  const framework = 'Electron Framework';
  return join(appOutDir, `${productFilename}.app/Contents/Frameworks/${framework}.framework/${framework}`);
}
