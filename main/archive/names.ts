import { HoldfastError } from '../../shared/errors/error.ts';

/** What a file name says of an archive, ours or another tool's. */
export interface RecognisedName {
  /** `<version>_<data source>_<time>`, `<data source>_<time>` or `<prefix>-<epoch milliseconds>`. */
  readonly form: 'versioned' | 'unversioned' | 'prefix';
  readonly version?: string;
  /** The data source, or the prefix. */
  readonly name: string;
  readonly time: Date;
  /** 2, 3, … when the plain name was taken. */
  readonly copy?: number;
}

export interface ArchiveNameFacts {
  /** Of the captured service; null where unknown. */
  readonly version: string | null;
  /** `ZooKeeper`, `Kafka`, `Kafka-<service>`, … */
  readonly dataSource: string;
  readonly time: Date;
  /** 2, 3, … when the plain name is taken. */
  readonly copy?: number;
}

const SUFFIX = '.tar.gz';
/** Leaves room for what goes beside an archive and for temporary names within the usual 255 bytes. */
const NAME_LIMIT = 230;

/** The name of an archive's file (§8). Throws `archive.name-too-long`. */
export function archiveFileName({ version, dataSource, time, copy }: ArchiveNameFacts): string {
  const stem = [percentEncode(version ?? '0', SAFE), percentEncode(dataSource, SAFE), stamp(time)].join('_');
  return checkLength(`${protect(stem)}${copy === undefined ? '' : `-${copy}`}${SUFFIX}`, dataSource);
}

/** The name of a task's directory (§8). Throws `archive.name-too-long`. */
export function taskDirectoryName(taskName: string, created: Date): string {
  return checkLength(`${protect(percentEncode(taskName, SAFE_IN_TASKS))}_${stamp(created)}`, taskName);
}

/** The line that `sha256sum` and `md5sum` write into the file beside an archive. */
export function checksumLine(digest: string, fileName: string): string {
  return `${digest}  ${fileName}\n`;
}

/** Hex digits of a digest. */
const DIGEST_LENGTHS = { sha256: 64, md5: 32 } as const;
/** The tools put a backslash before a line whose file name they escape. */
const CHECKSUM = /^\\?([0-9a-f]+)(?:\s|$)/i;

/** The digest in a checksum file, whoever wrote it, in lower case; undefined when it holds none of that kind. */
export function checksumDigest(kind: keyof typeof DIGEST_LENGTHS, text: string): string | undefined {
  const digest = CHECKSUM.exec(text)?.[1];
  return digest?.length === DIGEST_LENGTHS[kind] ? digest.toLowerCase() : undefined;
}

const SAFE = /[A-Za-z0-9.-]/;
const SAFE_IN_TASKS = /[A-Za-z0-9._-]/;

/** Writes every byte of the UTF-8 form but the safe ones as `%XX`. */
function percentEncode(text: string, safe: RegExp): string {
  let escaped = '';
  for (const byte of Buffer.from(text)) {
    const character = String.fromCharCode(byte);
    escaped += safe.test(character) ? character : escapeByte(byte);
  }
  return escaped;
}

function escapeByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Device names, which Windows reserves with any extension too. */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Escapes the first byte of a name that Windows reserves or that Unix and HDFS hide. */
function protect(name: string): string {
  const base = name.split('.', 1)[0] ?? '';
  if (!name.startsWith('.') && !RESERVED.test(base)) return name;
  return `${escapeByte(name.charCodeAt(0))}${name.slice(1)}`;
}

function checkLength(name: string, what: string): string {
  if (name.length <= NAME_LIMIT) return name;
  throw new HoldfastError('archive.name-too-long', { name: what, length: name.length, limit: NAME_LIMIT });
}

/** UTC, `yyyyMMddHHmmss`. */
function stamp(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/[-:T]/g, '');
}

const DATED = /^(.+)_(\d{14})(?:-([1-9]\d{0,5}))?\.tar\.gz$/;
const PREFIXED = /^(.+)-(\d{12,14})\.tar\.gz$/;

/** What a file name says, by its form alone; undefined when it has none of the forms of §8. */
export function recogniseName(fileName: string): RecognisedName | undefined {
  return recogniseDated(fileName) ?? recognisePrefixed(fileName);
}

function recogniseDated(fileName: string): RecognisedName | undefined {
  const [, stem = '', digits = '', copy] = DATED.exec(fileName) ?? [];
  const time = parseStamp(digits);
  if (time === undefined) return undefined;
  const copied = copy === undefined ? { time } : { time, copy: Number(copy) };
  const separator = stem.indexOf('_');
  if (separator <= 0 || separator === stem.length - 1)
    return { form: 'unversioned', name: percentDecode(stem), ...copied };
  const version = percentDecode(stem.slice(0, separator));
  return { form: 'versioned', version, name: percentDecode(stem.slice(separator + 1)), ...copied };
}

function recognisePrefixed(fileName: string): RecognisedName | undefined {
  const [, prefix, milliseconds] = PREFIXED.exec(fileName) ?? [];
  if (prefix === undefined || milliseconds === undefined) return undefined;
  return { form: 'prefix', name: prefix, time: new Date(Number(milliseconds)) };
}

/** Undefined for digits that are no date, such as a thirteenth month. */
function parseStamp(digits: string): Date | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? [];
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) || stamp(time) !== digits ? undefined : time;
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A foreign name with a per cent sign that escapes nothing.
    return text;
  }
}
