import {
  AuthenticationError,
  NetworkError,
  protocolErrorsCodesById,
  TimeoutError,
} from '@platformatic/kafka';
import { KafkaError, type KafkaErrorCode, type KafkaErrorDetail } from './errors.ts';

/** Node's codes for a TLS handshake that failed or a certificate that is not believed. */
const TLS_CODES = /^(ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
/** What the library says itself when the handshake or its absence is to blame. */
const TLS_MESSAGES = /^(TLS handshake failed|Broker requires TLS|Cert)/;
const SIGN_IN_CODES = new Set([
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
]);
const DEEPEST = 16;

/** The error for a code of Kafka's protocol; undefined for 0, none. */
export function protocolError(code: number, detail: KafkaErrorDetail = {}): KafkaError | undefined {
  return code === 0 ? undefined : new KafkaError(errorName(code), detail);
}

/** @throws KafkaError unless the code is 0. */
export function raise(code: number, subject: string, message?: string | null): void {
  const error = protocolError(code, { subject, message: message ?? undefined });
  if (error !== undefined) throw error;
}

function errorName(code: number): Uppercase<string> {
  const names: { readonly [code: string]: string | undefined } = protocolErrorsCodesById;
  return (names[String(code)] ?? `ERROR_${code}`) as Uppercase<string>;
}

/**
 * Translates what the library throws. Its errors wrap one another up to four deep, and what matters is at the
 * bottom: a wrong password, an expired certificate, a refused connection.
 */
export function translated(thrown: unknown, detail: KafkaErrorDetail): KafkaError {
  if (thrown instanceof KafkaError) return thrown;
  const chain = [...causes(thrown)];
  const [code, message] = verdict(chain);
  return new KafkaError(code, { ...detail, message, cause: chain.at(-1) ?? thrown });
}

function verdict(chain: readonly Error[]): readonly [KafkaErrorCode, string] {
  const deepest = chain.at(-1)?.message ?? 'unknown';
  const tls = chain.find((error) => TLS_CODES.test(codeOf(error)) || TLS_MESSAGES.test(error.message));
  if (tls !== undefined) return ['TlsFailed', tls.message];
  const refused = chain.find((error) => SIGN_IN_CODES.has(wordOf(error)));
  if (refused !== undefined) return ['SignInFailed', messageOf(refused)];
  if (chain.some((error) => error instanceof TimeoutError)) return ['TimedOut', deepest];
  const protocol = chain.find((error) => wordOf(error) !== '');
  if (protocol !== undefined) return [wordOf(protocol) as Uppercase<string>, messageOf(protocol)];
  if (chain.some((error) => error instanceof AuthenticationError)) return ['SignInFailed', deepest];
  if (chain.some((error) => error instanceof NetworkError)) return ['Unreachable', deepest];
  return ['ProtocolError', deepest];
}

/** The error, what it aggregates and what caused it, outermost first. */
function* causes(thrown: unknown, depth = 0): Generator<Error> {
  if (!(thrown instanceof Error) || depth > DEEPEST) return;
  yield thrown;
  if (thrown instanceof AggregateError) for (const inner of thrown.errors) yield* causes(inner, depth + 1);
  yield* causes(thrown.cause, depth + 1);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Kafka's name of the error, where the library took it from a reply. */
function wordOf(error: Error): string {
  return 'apiId' in error && typeof error.apiId === 'string' ? error.apiId : '';
}

function messageOf(error: Error): string {
  const told = 'serverErrorMessage' in error ? error.serverErrorMessage : undefined;
  return typeof told === 'string' && told !== '' ? told : error.message;
}
