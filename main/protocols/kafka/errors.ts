/**
 * Every way in which a call can fail: the names of Kafka's own error codes (`TOPIC_ALREADY_EXISTS`), and
 * - `Unreachable`: no connection, or it ended while the request was under way.
 * - `TimedOut`: no answer in time; the connection was dropped.
 * - `SignInFailed`: SASL refused user, password or mechanism.
 * - `TlsFailed`: no trusted TLS connection: certificate, name, protocol, or a client certificate that is missing.
 * - `Unsupported`: the broker does not know the request, or not in a version that says what is asked for.
 * - `ProtocolError`: the peer sent what no Kafka broker sends.
 * - `Closed`: the client was closed by its owner.
 */
export type KafkaErrorCode =
  | 'Unreachable'
  | 'TimedOut'
  | 'SignInFailed'
  | 'TlsFailed'
  | 'Unsupported'
  | 'ProtocolError'
  | 'Closed'
  | Uppercase<string>;

/** What is known about a failure beside its code. */
export interface KafkaErrorDetail {
  /** What was asked, and of which object: `createTopics orders`. */
  readonly subject?: string | undefined;
  readonly message?: string | undefined;
  readonly outcomeUnknown?: boolean | undefined;
  readonly cause?: unknown;
}

/** The one error type of this client. Never carries credentials. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly code: KafkaErrorCode;
  readonly subject: string;
  /** The message without subject and code. */
  readonly detail: string;
  /** True when a write was sent and its reply never came: it may or may not have been done. */
  readonly outcomeUnknown: boolean;

  constructor(code: KafkaErrorCode, detail: KafkaErrorDetail = {}) {
    super(describe(code, detail), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.subject = detail.subject ?? '';
    this.detail = detail.message ?? '';
    this.outcomeUnknown = detail.outcomeUnknown ?? false;
  }
}

/** True for a {@link KafkaError}, and with `codes` only for one of these. */
export function isKafkaError(error: unknown, ...codes: readonly KafkaErrorCode[]): error is KafkaError {
  return error instanceof KafkaError && (codes.length === 0 || codes.includes(error.code));
}

function describe(code: KafkaErrorCode, detail: KafkaErrorDetail): string {
  const unknown = detail.outcomeUnknown === true ? 'it was sent, its outcome is unknown' : '';
  return [detail.subject ?? '', code, detail.message ?? '', unknown].filter((part) => part !== '').join(': ');
}
