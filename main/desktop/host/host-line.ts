import { type ClientRequest, type IncomingMessage, net, type Session } from 'electron';
import { SESSION_PATH } from '../../../shared/contract/session.ts';
import { readEvents } from './server-events.ts';
import { SignedOut } from './signed-out.ts';

/** Bytes of an answer: an overview of hundreds of clusters is far smaller. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A host that takes the connection and then says nothing must not hold up the window. */
const SIGN_IN_MS = 15_000;

/**
 * Asks a host by REST, with the cookie and the trust of the window's own session: what the page may, the program may,
 * and a certificate that the page refuses is refused here.
 */
export class HostLine {
  readonly #session: Session;
  readonly #origin: string;

  constructor(session: Session, origin: string) {
    this.#session = session;
    this.#origin = origin;
  }

  /** Exchanges the host's token for the cookie of this window. */
  async signIn(token: string): Promise<void> {
    const request = this.#request('POST', SESSION_PATH);
    request.setHeader('content-type', 'application/json');
    await textOf(await answered(request, JSON.stringify({ token }), AbortSignal.timeout(SIGN_IN_MS)));
  }

  /** @throws SignedOut */
  async get(path: string, signal: AbortSignal): Promise<unknown> {
    const request = this.#request('GET', path);
    return JSON.parse(await textOf(await answered(request, undefined, signal)));
  }

  /** The data of each event that the host sends, until it ends the stream. @throws SignedOut */
  async *events(path: string, signal: AbortSignal): AsyncGenerator<unknown> {
    const request = this.#request('GET', path);
    const response = await answered(request, undefined, signal);
    yield* readEvents(chunksOf(response));
  }

  #request(method: 'GET' | 'POST', path: string): ClientRequest {
    const url = new URL(path, this.#origin).href;
    // `redirect`: a host sends nobody elsewhere; a cookie must not go along.
    return net.request({ method, url, session: this.#session, useSessionCookies: true, redirect: 'error' });
  }
}

function answered(request: ClientRequest, body?: string, signal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      request.abort();
      reject(new Error('no longer wanted'));
    };
    if (signal?.aborted === true) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    const forget = () => signal?.removeEventListener('abort', abort);
    request.on('error', (error) => {
      forget();
      reject(error);
    });
    request.on('response', (response) => {
      (response as NodeJS.EventEmitter).on('close', forget);
      const { statusCode } = response;
      if (statusCode === 200) return resolve(response);
      request.abort();
      reject(statusCode === 401 ? new SignedOut() : new Error(`the host answers ${statusCode}`));
    });
    request.end(body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(response)) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Electron's responses are streams of its own making. */
async function* chunksOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = [];
  let wake = () => {};
  let end: { readonly error?: Error } | undefined;
  const finish = (error?: Error) => {
    end ??= error === undefined ? {} : { error };
    wake();
  };
  response.on('data', (chunk) => {
    waiting.push(chunk);
    wake();
  });
  response.on('end', () => finish());
  response.on('aborted', () => finish(new Error('the host ended the answer')));
  // It is a stream, which its type does not say: one that is given up closes without another word.
  (response as NodeJS.EventEmitter).on('close', () => finish(new Error('the host ended the answer')));
  response.on('error', (error: Error) => finish(error));
  for (;;) {
    yield* waiting.splice(0);
    if (end?.error !== undefined) throw end.error;
    if (end !== undefined) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (waiting.length > 0 || end !== undefined) resolve();
    });
  }
}
