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

/** Writes one JSON object a line to the given file (created 0600, appended to), or to stderr. */
export function openLog(file?: string): Logger {
  return logTo(file === undefined ? destination(2) : destination({ dest: file, append: true, mode: 0o600 }));
}

/** The same to any stream; members that may hold a secret read `***`. */
export function logTo(stream: DestinationStream): Logger {
  return pino({ base: null, redact: { paths: REDACTED, censor: '***' } }, stream);
}
