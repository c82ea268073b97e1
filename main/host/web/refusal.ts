import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCategory } from '../../../shared/errors/category.ts';
import { type ErrorReport, reportError } from '../../../shared/errors/error.ts';
import type { ErrorCode } from '../../../shared/errors/table.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

const STATUS_OF_CATEGORY: { readonly [category in ErrorCategory]: number } = {
  input: 400,
  config: 409,
  auth: 403,
  network: 502,
  missing: 404,
  conflict: 409,
  capacity: 507,
  integrity: 422,
  unsupported: 501,
  cancelled: 499,
  internal: 500,
};

const STATUS_OF_CODE: { readonly [code in ErrorCode]?: number } = {
  'host.unauthorized': 401,
  'host.wrong-credentials': 401,
  'host.too-many-attempts': 429,
  'host.too-large': 413,
  'host.contract-mismatch': 426,
};

/** How long a request that is refused may go on being sent. */
const LINGERING_MS = 2000;

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
};

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The HTTP status that fits an error. */
export function statusOf(error: Pick<ErrorReport, 'code' | 'category'>): number {
  return STATUS_OF_CODE[error.code] ?? STATUS_OF_CATEGORY[error.category];
}

function refusal(thrown: unknown): Refusal {
  const error = reportError(thrown);
  const { seconds } = error.params;
  const retry = error.code === 'host.too-many-attempts' ? { 'retry-after': String(seconds) } : {};
  return {
    status: statusOf(error),
    headers: { ...HEADERS, ...retry, connection: 'close' },
    body: JSON.stringify({ error }),
  };
}

/**
 * Answers a request with an error's report as JSON and the status that fits it, and closes the connection. What is still
 * being sent is read for a moment and thrown away: closed at once, the connection would be reset and the answer with it
 * (RFC 9112, 9.6).
 */
export function refuse(response: ServerResponse, thrown: unknown): void {
  const { status, headers, body } = refusal(thrown);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  const { req: request } = response;
  if (request.complete) {
    response.end(body);
    return;
  }
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGERING_MS);
  request.once('close', end).once('end', end).resume();
}

/** The same for a request to upgrade, where there is only the socket. */
export function refuseUpgrade(socket: Duplex, thrown: unknown): void {
  const { status, headers, body } = refusal(thrown);
  const lines = { ...SECURITY_HEADERS, ...headers, 'content-length': Buffer.byteLength(body) };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n${head.join('')}\r\n${body}`);
}

/** Answers that the host runs; tells nothing else, for it needs no token. */
export function answerHealth(response: ServerResponse): void {
  response.writeHead(200, HEADERS).end(JSON.stringify({ status: 'ok' }));
}
