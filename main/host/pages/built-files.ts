import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** What is compressed already gains nothing. */
const DENSE = ['.png', '.woff2'];
const BROTLI_QUALITY = 9;
const SMALLEST_COMPRESSED = 1024;

/** How a body is sent. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** One file of the renderer. */
export interface BuiltFile {
  readonly type: string;
  /** Of its content, as a header has it: weak, for it is the same however the content is encoded. */
  readonly tag: string;
  readonly compresses: boolean;
  /** Its bytes, compressed once and then kept: the whole renderer is a few megabytes. */
  body(encoding: Encoding): Promise<Buffer>;
}

const compressors: { readonly [encoding in Encoding]: (content: Buffer) => Promise<Buffer> } = {
  br: (content) =>
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (content) => promisify(gzip)(content),
  identity: async (content) => content,
};

/**
 * Reads the files of a built renderer, by the path that they are asked for with (`/assets/index-4f2a.js`). Only what
 * is found here can ever be served: no path that a request names reaches the file system, and a build that replaces
 * the files while the host runs disturbs nobody. Files of unknown type, hidden ones and links are left out.
 * Empty when the folder is not there.
 */
export async function readBuiltFiles(folder: string): Promise<ReadonlyMap<string, BuiltFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, BuiltFile>();
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined || path.includes('/.')) continue;
    files.set(path, builtFile(await readFile(file), type, !DENSE.includes(extname(entry.name))));
  }
  return files;
}

function builtFile(content: Buffer, type: string, isText: boolean): BuiltFile {
  const made = new Map<Encoding, Promise<Buffer>>();
  return {
    type,
    tag: `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    compresses: isText && content.length >= SMALLEST_COMPRESSED,
    body: (encoding) => {
      const body = made.get(encoding) ?? compressors[encoding](content);
      made.set(encoding, body);
      return body;
    },
  };
}
