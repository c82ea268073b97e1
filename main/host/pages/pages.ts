import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RPC_PATH } from '../../../shared/contract/handshake.ts';
import { HEALTH_PATH } from '../../../shared/contract/health.ts';
import { SESSION_PATH } from '../../../shared/contract/session.ts';
import { pathOf } from '../web/routes.ts';
import { pagePolicy } from '../web/security-headers.ts';
import { type BuiltFile, type Encoding, readBuiltFiles } from './built-files.ts';
import { notBuiltPage } from './not-built.ts';

const INDEX = '/index.html';
const NONCE_PLACE = '__CSP_NONCE__';
const NONCE_BYTES = 18;
/** Their names hold a digest of their content. */
const HASHED = '/assets/';
/** Never pages, whoever asks. */
const RESERVED = ['/api', '/assets', HEALTH_PATH, RPC_PATH, SESSION_PATH];

/** The renderer's files and its page, which every address of the renderer shows. */
export class Pages {
  readonly #files: ReadonlyMap<string, BuiltFile>;

  private constructor(files: ReadonlyMap<string, BuiltFile>) {
    this.#files = files;
  }

  /** `folder` holds the built renderer; it may be missing. */
  static async read(folder: string): Promise<Pages> {
    return new Pages(await readBuiltFiles(folder));
  }

  /** Answers what is ours to answer; false: it is not. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = pathOf(request);
    const file = path === INDEX ? undefined : this.#files.get(path);
    if (file !== undefined) {
      await sendFile(request, response, file, path.startsWith(HASHED));
      return true;
    }
    if (path !== '/' && path !== INDEX && !isNavigation(request, path)) return false;
    await this.#sendIndex(response);
    return true;
  }

  async #sendIndex(response: ServerResponse): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    const page =
      (await this.#files.get(INDEX)?.body('identity'))?.toString('utf8') ?? notBuiltPage(NONCE_PLACE);
    const body = page.replaceAll(NONCE_PLACE, nonce);
    response.setHeader('content-security-policy', pagePolicy(nonce));
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
      })
      .end(body);
  }
}

/** Somebody opens the address of a screen, as opposed to a page that fetches something which is not there. */
function isNavigation(request: IncomingMessage, path: string): boolean {
  if (RESERVED.some((own) => path === own || path.startsWith(`${own}/`))) return false;
  const mode = request.headers['sec-fetch-mode'];
  if (mode !== undefined) return mode === 'navigate';
  return (request.headers.accept ?? '').includes('text/html');
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: BuiltFile,
  isHashed: boolean,
): Promise<void> {
  response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('vary', 'accept-encoding');
  response.setHeader('etag', file.tag);
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end();
    return;
  }
  const encoding = file.compresses ? acceptedEncoding(request) : 'identity';
  const body = await file.body(encoding);
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.writeHead(200, { 'content-type': file.type, 'content-length': body.length }).end(body);
}

function acceptedEncoding(request: IncomingMessage): Encoding {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .map((text) => text.trim().toLowerCase())
    .filter((text) => !/;\s*q=0(\.0+)?$/.test(text))
    .map((text) => text.split(';', 1)[0]);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}
