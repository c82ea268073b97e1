/**
 * What a server can answer, by the numbers of `KeeperException.Code` in ZooKeeper's own client.
 * Only codes that a server of 3.5 to 3.9 sends are listed; any other number becomes `Unknown`.
 */
export const errorNumbers = {
  SystemError: -1,
  RuntimeInconsistency: -2,
  DataInconsistency: -3,
  MarshallingError: -5,
  Unimplemented: -6,
  OperationTimeout: -7,
  BadArguments: -8,
  InvalidState: -9,
  NewConfigNoQuorum: -13,
  ReconfigInProgress: -14,
  ApiError: -100,
  NoNode: -101,
  NoAuth: -102,
  BadVersion: -103,
  NoChildrenForEphemerals: -108,
  NodeExists: -110,
  NotEmpty: -111,
  SessionExpired: -112,
  InvalidCallback: -113,
  InvalidAcl: -114,
  AuthFailed: -115,
  SessionMoved: -118,
  NotReadOnly: -119,
  EphemeralOnLocalSession: -120,
  NoWatcher: -121,
  RequestTimeout: -122,
  ReconfigDisabled: -123,
  SessionClosedRequireSasl: -124,
  QuotaExceeded: -125,
  ThrottledOp: -127,
} as const;

/**
 * Every way in which a call can fail.
 * - `ConnectionLoss`: the connection ended while the request was in flight, or none came up in time.
 * - `TlsFailed`: no trusted TLS connection: certificate, name, or a client certificate that is missing.
 * - `ProtocolError`: the peer sent what no ZooKeeper server sends; its connection was dropped.
 * - `Closed`: the client was closed by its owner.
 * - `Unknown`: the server answered with a number that this client does not know.
 */
export type ZooKeeperErrorCode =
  | keyof typeof errorNumbers
  | 'ConnectionLoss'
  | 'TlsFailed'
  | 'ProtocolError'
  | 'Closed'
  | 'Unknown';

const codeByNumber = new Map<number, ZooKeeperErrorCode>(
  Object.entries(errorNumbers).map(([code, number]) => [number, code as ZooKeeperErrorCode]),
);

/** Name of an error number in a reply header or a multi result. */
export function errorCodeOf(number: number): ZooKeeperErrorCode {
  return codeByNumber.get(number) ?? 'Unknown';
}

/** What is known about a failure beside its code. */
export interface ZooKeeperErrorDetail {
  readonly op?: string | undefined;
  /** As the caller wrote it: below the chroot. */
  readonly path?: string | undefined;
  readonly message?: string | undefined;
  readonly outcomeUnknown?: boolean | undefined;
  readonly cause?: unknown;
}

/** The one error type of this client. Never carries credentials or node data. */
export class ZooKeeperError extends Error {
  override readonly name: string = 'ZooKeeperError';
  readonly code: ZooKeeperErrorCode;
  readonly op: string | undefined;
  readonly path: string | undefined;
  /** The message without subject and code. */
  readonly detail: string;
  /** True when a write was sent and its reply never came: it may or may not have been applied. */
  readonly outcomeUnknown: boolean;

  constructor(code: ZooKeeperErrorCode, detail: ZooKeeperErrorDetail = {}) {
    super(describe(code, detail), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.op = detail.op;
    this.path = detail.path;
    this.detail = detail.message ?? '';
    this.outcomeUnknown = detail.outcomeUnknown ?? false;
  }
}

function describe(code: ZooKeeperErrorCode, detail: ZooKeeperErrorDetail): string {
  const subject = [detail.op, detail.path].filter((part) => part !== undefined && part !== '').join(' ');
  const unknown = detail.outcomeUnknown ? 'the write was sent, its outcome is unknown' : '';
  return [subject, code, detail.message ?? '', unknown].filter((part) => part !== '').join(': ');
}

/** True for a {@link ZooKeeperError}, and with `codes` only for one of these. */
export function isZooKeeperError(
  error: unknown,
  ...codes: readonly ZooKeeperErrorCode[]
): error is ZooKeeperError {
  return error instanceof ZooKeeperError && (codes.length === 0 || codes.includes(error.code));
}
