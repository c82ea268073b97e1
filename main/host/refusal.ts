import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCategory } from '../../shared/errors/category.ts';
import { reportError } from '../../shared/errors/error.ts';
import type { ErrorCode } from '../../shared/errors/table.ts';

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
  'host.too-large': 413,
  'host.contract-mismatch': 426,
};

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

interface Refusal {
  readonly status: number;
  readonly body: string;
}

function refusal(thrown: unknown): Refusal {
  const error = reportError(thrown);
  const status = STATUS_OF_CODE[error.code] ?? STATUS_OF_CATEGORY[error.category];
  return { status, body: JSON.stringify({ error }) };
}

/** Answers a request with an error's report as JSON and the status that fits it, and closes the connection. */
export function refuse(response: ServerResponse, thrown: unknown): void {
  const { status, body } = refusal(thrown);
  response.writeHead(status, { ...HEADERS, connection: 'close' }).end(body);
}

/** The same for a request to upgrade, where there is only the socket. */
export function refuseUpgrade(socket: Duplex, thrown: unknown): void {
  const { status, body } = refusal(thrown);
  const headers = { ...HEADERS, connection: 'close', 'content-length': Buffer.byteLength(body) };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n${head.join('')}\r\n${body}`);
}

/** Answers that the host runs; tells nothing else, for it needs no token. */
export function answerHealth(response: ServerResponse): void {
  response.writeHead(200, HEADERS).end(JSON.stringify({ status: 'ok' }));
}
