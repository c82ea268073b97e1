import { isBuiltin } from 'node:module';
import { findCircles } from './circles.ts';
import { floors, owners, restrictions, separate, settings } from './floors.ts';
import { type Import, readImports } from './imports.ts';

/** Every breach of the table in `floors.ts` below `root`, one line of text each; none when all is well. */
export async function checkLayers(root: string): Promise<string[]> {
  const { files, imports } = await readImports(root, ['main', 'renderer', 'shared']);
  const homeless = files
    .filter((file) => !folderOf(file) && !settings.includes(file))
    .map((file) => `${file} lies in none of the folders on the floors`);
  const breaches = imports.flatMap((each) => {
    const why = breach(each);
    return why ? [`${each.from}:${each.line} imports ${each.specifier ?? 'a computed name'}: ${why}`] : [];
  });
  return [...homeless, ...breaches, ...findCircles(imports).map((circle) => `circle: ${circle.join(' → ')}`)];
}

/** Why the import is not allowed, or undefined when it is. */
function breach({ from, file, specifier }: Import): string | undefined {
  const folder = folderOf(from);
  if (!folder) return undefined;
  if (specifier === undefined) return 'what is imported must be written out';
  if (file === undefined) return packageBreach(folder, specifier);
  return fileBreach(from, file, folder);
}

function packageBreach(folder: string, specifier: string): string | undefined {
  const restriction = restrictions.find((each) => each.folder === folder);
  if (isBuiltin(specifier))
    return restriction?.node === false ? `${folder} may not import Node's modules` : undefined;
  const name = packageName(specifier);
  const owner = owners[name];
  if (owner && owner !== folder) return `only ${owner} may import ${name}`;
  const allowed = restriction?.packages;
  return allowed && !allowed.includes(name)
    ? `${folder} may import from npm only ${allowed.join(', ')}`
    : undefined;
}

function fileBreach(from: string, file: string, folder: string): string | undefined {
  const target = folderOf(file);
  if (!target) return 'it is outside the floors';
  if (target === folder) return neighbourBreach(from, file, folder);
  if (floorOf(target) < floorOf(folder)) return `${folder} is below ${target}`;
  if (floorOf(target) === floorOf(folder)) return `${folder} and ${target} are on the same floor`;
  const allowed = restrictions.find((each) => each.folder === folder)?.folders;
  return allowed && !allowed.includes(target) ? `${folder} may import only ${allowed.join(', ')}` : undefined;
}

function neighbourBreach(from: string, file: string, folder: string): string | undefined {
  if (!separate.includes(folder)) return undefined;
  const [mine, other] = [subfolder(from, folder), subfolder(file, folder)];
  return mine && other && mine !== other
    ? `${folder}/${mine} and ${folder}/${other} do not know each other`
    : undefined;
}

function folderOf(file: string): string | undefined {
  return floors.flat().find((folder) => file.startsWith(`${folder}/`));
}

function floorOf(folder: string): number {
  return floors.findIndex((floor) => floor.includes(folder));
}

/** The folder directly below `folder` that the file lies in, or undefined when it lies in `folder` itself. */
function subfolder(file: string, folder: string): string | undefined {
  const [first, ...rest] = file.slice(folder.length + 1).split('/');
  return rest.length > 0 ? first : undefined;
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
