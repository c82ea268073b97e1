import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One import, export-from, dynamic import or type import of a file. Paths are relative to the root, with `/`. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** A path when the specifier is relative, else undefined. */
  readonly file?: string;
  /** As written; undefined when it is computed and so cannot be checked. */
  readonly specifier: string | undefined;
}

/** All TypeScript files below the folders, and what they import. A folder that does not exist has none. */
export async function readImports(
  root: string,
  folders: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly imports: readonly Import[] }> {
  const lists = await Promise.all(folders.map(async (folder) => await filesBelow(root, folder)));
  const files = lists.flat().sort();
  const imports = await Promise.all(
    files.map(async (file) => importsOf(file, await readFile(join(root, file), 'utf8'))),
  );
  return { files, imports: imports.flat() };
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  return entries
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => posix.join(folder, name.replaceAll(sep, '/')));
}

function importsOf(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) throw new Error(`${file} cannot be parsed: ${error.message}`);
  const found: Import[] = [];
  const add = (start: number, specifier: unknown) => {
    const text = typeof specifier === 'string' ? specifier : undefined;
    const line = source.slice(0, start).split('\n').length;
    const target = text?.startsWith('.') ? posix.join(posix.dirname(file), text) : undefined;
    found.push({ from: file, line, specifier: text, ...(target && { file: target }) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.start, node.source.value),
    ExportAllDeclaration: (node) => add(node.start, node.source.value),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.start, node.source.value);
    },
    ImportExpression: (node) =>
      add(node.start, node.source.type === 'Literal' ? node.source.value : undefined),
    TSImportType: (node) => add(node.start, node.source.value),
  }).visit(program);
  return found;
}
