import { type DestinationStream, destination, type Logger, pino } from 'pino';

export type { Logger };

/** Members that may hold a secret, wherever they stand in what is logged. */
const SECRET_MEMBERS = [
  'authorization',
  'cookie',
  'key',
  'passphrase',
  'password',
  'privateKey',
  'secret',
  'token',
  '["sec-websocket-protocol"]',
];

/** Redaction knows no "at any depth"; nothing here is logged deeper than this. */
const PREFIXES = ['', '*.', '*.*.'];

const REDACTED = PREFIXES.flatMap((prefix) =>
  SECRET_MEMBERS.map((member) =>
    member.startsWith('[') ? prefix.replace(/\.$/, '') + member : prefix + member,
  ),
);

/** From the quietest on; each has what stands before it too. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Writes one JSON object a line to the given file (created 0600, appended to), or to stderr. */
export function openLog(level: LogLevel, file?: string): Logger {
  const stream = file === undefined ? destination(2) : destination({ dest: file, append: true, mode: 0o600 });
  return logTo(stream, level);
}

/** The same to any stream; members that may hold a secret read `***`. */
export function logTo(stream: DestinationStream, level: LogLevel): Logger {
  return pino({ base: null, level, redact: { paths: REDACTED, censor: '***' } }, stream);
}

/** A finished call to a storage: names and numbers. */
interface StorageCall {
  readonly outcome: string;
  readonly code?: string;
}

/** What was asked for and is not there, or is there already, is an answer. */
const ANSWERS = ['storage.missing', 'storage.exists'];

/** Writes calls to storages: those that failed as warnings, the others for whoever looks closely. */
export function logStorageCalls(log: Logger): (call: StorageCall) => void {
  return (call) => {
    const failed = call.outcome === 'failed' && !ANSWERS.includes(call.code ?? '');
    log[failed ? 'warn' : 'debug'](call, 'storage');
  };
}
