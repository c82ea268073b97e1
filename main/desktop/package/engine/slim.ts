import { basename, extname } from 'node:path';

/** For compilers, editors and people: nothing of it is read at run time. */
const DROPPED_EXTENSIONS = new Set(
  '.map .ts .mts .cts .tsx .flow .md .markdown .c .cc .cpp .h .hpp .gyp .gypi .o .a .mk .tsbuildinfo .yml .yaml'.split(
    ' ',
  ),
);

/** At the top of a package; deeper down the same names hold code. */
const DROPPED_FOLDERS = new Set(
  '__tests__ test tests doc docs example examples bench benchmark benchmarks man .github coverage'.split(' '),
);

/** Larger things that are known by name: sources beside what is made of them, and builds for bundlers. */
const DROPPED_OF: readonly { readonly packages: RegExp; readonly folders: readonly string[] }[] = [
  { packages: /^better-sqlite3$/, folders: ['deps', 'src', 'build'] },
  { packages: /^zod$/, folders: ['src'] },
  { packages: /^protobufjs$/, folders: ['dist'] },
  { packages: /^@(aws-sdk|smithy|aws)\//, folders: ['dist-es', 'dist-types'] },
];

const LICENCE = /^(licen[cs]e|copying|notice|copyright)/i;

/** Whether this is a text that a package's licence asks to keep with it. */
export function isLicenceFile(path: string): boolean {
  return LICENCE.test(basename(path)) && !path.endsWith('.js');
}

/** Whether a file of a package, given by its path with `/` inside it, is wanted at run time. */
export function isWantedAtRunTime(packageName: string, path: string): boolean {
  if (isLicenceFile(path)) return true;
  const [top = ''] = path.split('/', 1);
  if (top !== path && (DROPPED_FOLDERS.has(top) || droppedFoldersOf(packageName).includes(top))) return false;
  return !DROPPED_EXTENSIONS.has(extname(path).toLowerCase());
}

function droppedFoldersOf(packageName: string): readonly string[] {
  return DROPPED_OF.filter(({ packages }) => packages.test(packageName)).flatMap(({ folders }) => folders);
}
