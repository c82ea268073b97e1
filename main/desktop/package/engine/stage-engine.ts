import { chmod, copyFile, glob, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { type LockedPackage, LockedPackages } from '../locked-packages.ts';
import { nameOf, type Target } from '../target.ts';
import { targetOfBinary } from './binary-target.ts';
import { findNode } from './node-binary.ts';
import { isWantedAtRunTime } from './slim.ts';

/** What of the project runs as it is: everything but the desktop, which is bundled. */
const SOURCES = ['main/**/*.ts', 'shared/**/*.ts', 'renderer/dist/**/*'];
const NOT_ENGINE = ['main/desktop/', 'main/entries/desktop.ts'];

/** Bundled into the desktop's own code, and no part of the engine. */
export const SHELL_PACKAGES: readonly string[] = ['electron-store', 'electron-updater'];

const LAUNCHERS = join(import.meta.dirname, 'bin');
const EXECUTABLE = 0o755;
const READABLE = 0o644;

export interface Staging {
  /** The project with its `node_modules` and its built pages. */
  readonly project: string;
  readonly target: Target;
  /** The folder to fill; what was in it goes. */
  readonly into: string;
  /** `node_modules` that hold what npm installs for the target only, when it is not this system. */
  readonly targetModules?: string;
}

/**
 * Lays out the engine as the package carries it: the sources, the built pages, the production dependencies for one
 * system without what is not needed at run time, Node.js, and `bin/holdfast`. Fails when something for the target is
 * not there.
 */
export async function stageEngine(staging: Staging): Promise<void> {
  const { project, into, target } = staging;
  await rm(into, { recursive: true, force: true });
  await copySources(project, into);
  const packages = await LockedPackages.read(project);
  const roots = packages.production.filter((name) => !SHELL_PACKAGES.includes(name));
  for (const each of packages.closureOf(roots, target)) {
    if (each.name === 'node') await copyNode(each, staging);
    else await copyPackage(each, staging);
  }
  await copyLaunchers(into, target);
}

async function copySources(project: string, into: string): Promise<void> {
  const page = join(project, 'renderer', 'dist', 'index.html');
  await stat(page).catch(() => {
    throw new Error(`${page} is missing: npm run build makes it.`);
  });
  for await (const path of glob(SOURCES, { cwd: project })) {
    const name = path.split(sep).join('/');
    if (NOT_ENGINE.some((start) => name.startsWith(start))) continue;
    if ((await stat(join(project, path))).isFile()) await copy(join(project, path), join(into, path));
  }
  const { name, version, description, license, type, bin } = JSON.parse(
    await readFile(join(project, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  const described = { name, version, description, license, private: true, type, bin };
  await writeFile(join(into, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
  await copy(join(project, 'LICENSE'), join(into, 'LICENSE'));
}

async function copyPackage(
  each: LockedPackage,
  { project, target, into, targetModules }: Staging,
): Promise<void> {
  const source = await folderOf(each, project, targetModules);
  if (source === undefined) {
    // Optional means that what needs it does without; the parts for one system are optional by name only.
    if (each.isOptional && !each.isForOneSystem) return;
    throw new Error(
      `${each.name} ${each.version} for ${nameOf(target)} is not installed. Build on that system, or see ` +
        '"Packages for another system" in docs/packages.md.',
    );
  }
  for await (const path of glob('**/*', { cwd: source, exclude: (name) => name === 'node_modules' })) {
    const name = path.split(sep).join('/');
    const file = join(source, path);
    if (!isWantedAtRunTime(each.name, name) || !(await stat(file)).isFile()) continue;
    if (name.endsWith('.node') && !(await runsOn(file, name, target))) continue;
    await copy(file, join(into, each.path, path));
  }
}

async function folderOf(
  { name, path, version }: LockedPackage,
  project: string,
  targetModules: string | undefined,
): Promise<string | undefined> {
  const places = [join(project, path), ...(targetModules === undefined ? [] : [join(targetModules, name)])];
  for (const place of places) {
    const text = await readFile(join(place, 'package.json'), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const installed = (JSON.parse(text) as { version: string }).version;
    if (installed === version) return place;
    throw new Error(`${name} ${installed} is installed in ${place}, but package-lock.json has ${version}.`);
  }
  return undefined;
}

/** Some packages bring their native part for all systems, and the one for musl looks like the one for glibc. */
async function runsOn(file: string, name: string, target: Target): Promise<boolean> {
  const made = await targetOfBinary(file);
  return made?.platform === target.platform && made.arch === target.arch && !name.includes('musl');
}

/** Node.js where npm would put it, with its licences; nothing of what npm installs it by. */
async function copyNode({ path, version }: LockedPackage, staging: Staging): Promise<void> {
  const { project, target, into, targetModules } = staging;
  const modules = [join(project, 'node_modules'), ...(targetModules === undefined ? [] : [targetModules])];
  const program = await findNode(target, modules, version);
  const name = target.platform === 'win32' ? 'node.exe' : 'node';
  await copy(program, join(into, path, 'bin', name));
  const described = { name: 'node', version, license: 'MIT', bin: { node: `bin/${name}` } };
  await writeFile(join(into, path, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
}

async function copyLaunchers(into: string, { platform }: Target): Promise<void> {
  const name = platform === 'win32' ? 'holdfast.cmd' : 'holdfast';
  await copy(join(LAUNCHERS, name), join(into, 'bin', name));
  await chmod(join(into, 'bin', name), EXECUTABLE);
}

/** With the rights that a file of a package has, whatever they are here: read by all, run where it is run here. */
async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, (await stat(from)).mode & 0o100 ? EXECUTABLE : READABLE);
}
