import { HoldfastError } from '../../../shared/errors/error.ts';
import type { ErrorCode } from '../../../shared/errors/table.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';

/*
 * Errors of the S3 protocol and of the way there, as codes of our table. The SDK's own errors are not passed on as
 * causes: they carry the request and the service's answer to it, and with them what was signed.
 */

/** What classification knows of the storage. */
export interface ErrorSurroundings {
  readonly bucket: string;
  readonly endpoint: string;
  /** Taken out of whatever a service says. */
  readonly secrets: readonly string[];
}

/** What the service or the network said, without anything that was sent. */
export class ObsFault extends Error {
  override readonly name = 'ObsFault';
  /** S3's error code, or Node's for a fault on the way; `HTTP <status>` where there was none. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The code that the service or the network gave; undefined for errors that are not from there. */
export function faultCode(error: unknown): string | undefined {
  const fault = error instanceof HoldfastError ? error.cause : error;
  return fault instanceof ObsFault ? fault.code : undefined;
}

const BY_CODE: { readonly [code: string]: ErrorCode } = {
  NoSuchKey: 'storage.missing',
  NotFound: 'storage.missing',
  NoSuchBucket: 'storage.no-bucket',
  PreconditionFailed: 'storage.exists',
  // Another write of the object was under way: whether it is there is known a little later.
  ConditionalRequestConflict: 'storage.failed',
  OperationAborted: 'storage.failed',
  // Somebody else has cleared it away.
  NoSuchUpload: 'storage.failed',
  InvalidAccessKeyId: 'storage.sign-in-failed',
  SignatureDoesNotMatch: 'storage.sign-in-failed',
  InvalidToken: 'storage.sign-in-failed',
  InvalidSecurity: 'storage.sign-in-failed',
  ExpiredToken: 'storage.sign-in-failed',
  TokenRefreshRequired: 'storage.sign-in-failed',
  RequestTimeTooSkewed: 'storage.clock-skew',
  AuthorizationHeaderMalformed: 'storage.wrong-region',
  PermanentRedirect: 'storage.wrong-region',
  TemporaryRedirect: 'storage.wrong-region',
  IllegalLocationConstraintException: 'storage.wrong-region',
  EntityTooLarge: 'storage.too-large',
  QuotaExceeded: 'storage.full',
  InsufficientStorage: 'storage.full',
  XMinioStorageFull: 'storage.full',
  KeyTooLongError: 'storage.bad-path',
  ObjectParentIsFile: 'storage.bad-path',
  DirectoryObjectContainsData: 'storage.bad-path',
  NotImplemented: 'storage.breaks-contract',
  // The bytes did not arrive as they were sent.
  BadDigest: 'storage.failed',
  XAmzContentSHA256Mismatch: 'storage.failed',
  SlowDown: 'storage.unreachable',
  RequestTimeout: 'storage.unreachable',
};

const BY_STATUS: { readonly [status: number]: ErrorCode } = {
  301: 'storage.wrong-region',
  307: 'storage.wrong-region',
  401: 'storage.sign-in-failed',
  403: 'storage.denied',
  404: 'storage.missing',
  405: 'storage.denied',
  412: 'storage.exists',
  413: 'storage.too-large',
  429: 'storage.unreachable',
  501: 'storage.breaks-contract',
  502: 'storage.unreachable',
  503: 'storage.unreachable',
  504: 'storage.unreachable',
  507: 'storage.full',
};

const ON_THE_WAY: { readonly [code: string]: Text } = {
  ECONNREFUSED: detail('refuses-connection'),
  ECONNRESET: detail('connection-cut'),
  EPIPE: detail('connection-cut'),
  ENOTFOUND: detail('name-unknown'),
  EAI_AGAIN: detail('name-not-looked-up'),
  ETIMEDOUT: detail('no-answer-in-time'),
  EHOSTUNREACH: detail('no-way'),
  ENETUNREACH: detail('no-way'),
  EHOSTDOWN: detail('no-way'),
  ENETDOWN: detail('network-down'),
  ECONNABORTED: detail('connection-cut'),
  EMFILE: detail('too-many-connections'),
  ENFILE: detail('too-many-connections'),
  ENOBUFS: detail('too-many-connections'),
  TimeoutError: detail('no-answer-in-time'),
};

/** Node's parser, of what is no HTTP. */
const NOT_HTTP = /^HPE_/;
/** What our own mistakes throw; whatever else has no status comes from the way there. */
const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];

/** OpenSSL's codes for certificates, and Node's for what goes wrong around them. */
const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The error of the table for whatever a request failed with; errors that are ours already stay. */
export function classify(error: unknown, path: string, surroundings: ErrorSurroundings): unknown {
  if (error instanceof HoldfastError || !(error instanceof Error)) return error;
  const status = statusOf(error);
  const { bucket, endpoint, secrets } = surroundings;
  const said = withoutSecrets(error.message, secrets);
  if (status === undefined) return classifyOnTheWay(error, said, endpoint);
  const fault = new ObsFault(codeOf(error, status), said);
  // A success that cannot be read.
  const otherwise = status < 300 ? 'storage.breaks-contract' : 'storage.failed';
  const code = BY_CODE[fault.code] ?? BY_STATUS[status] ?? otherwise;
  return new HoldfastError(code, { path, bucket, endpoint, problem: sentence(fault, said) }, fault);
}

function classifyOnTheWay(error: Error, said: string, endpoint: string): unknown {
  if (DEFECTS.some((defect) => error instanceof defect)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const fault = new ObsFault(code, said);
  if (TLS.test(code)) return new HoldfastError('storage.untrusted', { problem: said }, fault);
  const problem = NOT_HTTP.test(code)
    ? detail('not-http', { code })
    : (ON_THE_WAY[code] ?? ON_THE_WAY[error.name] ?? sentence(fault, said));
  return new HoldfastError(
    'storage.unreachable',
    { problem: detail('at-endpoint', { endpoint, problem }) },
    fault,
  );
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** An answer without a body, as to HEAD, brings no code: the SDK then makes one up. */
function codeOf(error: Error, status: number): string {
  return /^[A-Z][A-Za-z0-9]+$/.test(error.name) && !/^(?:Unknown|Error$|S3ServiceException)/.test(error.name)
    ? error.name
    : `HTTP ${status}`;
}

function sentence({ code }: ObsFault, said: string): string {
  return said === '' || said === code || said === 'UnknownError' ? code : `${said} (${code})`;
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((kept, secret) => kept.replaceAll(secret, '***'), text);
}
