import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { HoldfastError } from '../../shared/errors/error.ts';
import { sameInBoth, type Text } from '../../shared/errors/text.ts';
import { detail } from '../../shared/messages/details.ts';

/** One entry of another tool's archive, as its header says. */
export interface ForeignEntry {
  readonly path: string;
  /** `File`, `Directory`, `SymbolicLink`, … */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly modified?: Date;
  readonly linkTarget?: string;
  /** Why it must not be extracted as it stands. */
  readonly hostile?: 'absolute' | 'parent' | 'link' | 'device';
}

/** Where listing stops, because only a file made to exhaust its reader goes there. */
export interface ForeignLimits {
  /** 10,000,000 unless given. */
  readonly entries?: number;
  /** Bytes after inflating; 1 TiB unless given. */
  readonly inflatedBytes?: number;
  /** Bytes after inflating for each byte before, once there are 64 MiB of them; 500 unless given. */
  readonly ratio?: number;
}

const LIMITS = { entries: 10_000_000, inflatedBytes: 2 ** 40, ratio: 500 };
const RATIO_MATTERS_FROM = 64 * 1024 * 1024;
/** A pax or GNU long-name header beyond this is refused. */
const HEADER_LIMIT = 1024 * 1024;

/**
 * Lists a tar.gz that Holdfast did not write, in batches, holding no content. Nothing is extracted and no link
 * followed. Throws `archive.foreign-damaged` (cut off, checksum, malformed) and `archive.foreign-limit`.
 */
export async function* listForeign(
  bytes: AsyncIterable<Uint8Array>,
  limits: ForeignLimits = {},
  signal?: AbortSignal,
): AsyncGenerator<readonly ForeignEntry[]> {
  const bounds = new Bounds({ ...LIMITS, ...limits });
  const listing = new Listing();
  const gunzip = createGunzip();
  const feeding = pipeline(Readable.from(bounds.countingRead(bytes)), gunzip, { signal });
  // Its failure also ends the loop below.
  feeding.catch(() => undefined);
  try {
    for await (const inflated of gunzip) {
      bounds.addInflated(inflated.length);
      const entries = listing.push(inflated);
      bounds.addEntries(entries.length);
      if (entries.length > 0) yield entries;
    }
    listing.end();
  } catch (error) {
    signal?.throwIfAborted();
    throw asForeignError(error);
  } finally {
    gunzip.destroy();
  }
}

class Bounds {
  readonly #limits: Required<ForeignLimits>;
  #read = 0;
  #inflated = 0;
  #entries = 0;

  constructor(limits: Required<ForeignLimits>) {
    this.#limits = limits;
  }

  async *countingRead(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.#read += piece.length;
      yield piece;
    }
  }

  addInflated(length: number): void {
    const { inflatedBytes, ratio } = this.#limits;
    this.#inflated += length;
    if (this.#inflated > inflatedBytes) throw beyond(detail('inflated-size'), `${inflatedBytes} B`);
    if (this.#inflated > RATIO_MATTERS_FROM && this.#inflated > this.#read * ratio) {
      throw beyond(detail('compression-ratio'), ratio);
    }
  }

  addEntries(count: number): void {
    this.#entries += count;
    if (this.#entries > this.#limits.entries) throw beyond(detail('entry-number'), this.#limits.entries);
  }
}

/** Wraps tar's strict parser: bytes in, entries out. */
class Listing {
  readonly #parser = new Parser({ strict: true, maxMetaEntrySize: HEADER_LIMIT });
  #entries: ForeignEntry[] = [];
  #failure: unknown;
  #hasBegun = false;
  #hasEntries = false;
  #hasEnded = false;

  constructor() {
    this.#parser.on('error', (error: unknown) => {
      this.#failure ??= error;
    });
    this.#parser.on('ignoredEntry', () => {
      this.#failure ??= beyond(detail('extended-header'), `${HEADER_LIMIT} B`);
    });
    this.#parser.on('eof', () => {
      this.#hasEnded = true;
    });
    this.#parser.on('entry', (entry: ReadEntry) => {
      this.#entries.push(describe(entry));
      this.#hasEntries = true;
      entry.resume();
    });
  }

  push(inflated: Buffer): readonly ForeignEntry[] {
    if (!this.#hasBegun) refuseNested(inflated);
    this.#hasBegun = true;
    this.#parser.write(inflated);
    this.#throwFailure();
    return this.#entries.splice(0);
  }

  end(): void {
    this.#throwFailure();
    // The parser takes an archive of nothing but its end for none at all.
    if (this.#hasEnded && !this.#hasEntries) return;
    this.#parser.end();
    this.#throwFailure();
    if (!this.#hasEnded) throw damaged(detail('tar-without-end'));
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

const COMPRESSED = [Buffer.from('1f8b', 'hex'), Buffer.from('28b52ffd', 'hex')];

/** The parser would inflate once more, beyond the bounds. */
function refuseNested(inflated: Buffer): void {
  const isNested = COMPRESSED.some((magic) => inflated.subarray(0, magic.length).equals(magic));
  if (isNested) throw damaged(detail('compressed-twice'));
}

function describe(entry: ReadEntry): ForeignEntry {
  const { path, type, size = 0, mtime, linkpath } = entry;
  const hostile = hostility(path, type);
  return {
    path,
    type,
    size,
    ...(mtime !== undefined && { modified: mtime }),
    ...(linkpath !== undefined && linkpath !== '' && { linkTarget: linkpath }),
    ...(hostile !== undefined && { hostile }),
  };
}

const LINKS: readonly string[] = ['Link', 'SymbolicLink'];
const DEVICES: readonly string[] = ['CharacterDevice', 'BlockDevice', 'FIFO'];

function hostility(path: string, type: string): ForeignEntry['hostile'] {
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return 'absolute';
  if (path.split(/[\\/]/).includes('..')) return 'parent';
  if (LINKS.includes(type)) return 'link';
  return DEVICES.includes(type) ? 'device' : undefined;
}

/** Errors of zlib and of the tar parser carry these codes; anything else comes from where the bytes do. */
function asForeignError(error: unknown): unknown {
  const code = error instanceof Error && 'tarCode' in error ? error.tarCode : codeOf(error);
  const isOfParser = typeof code === 'string' && /^(Z_|TAR_)/.test(code);
  return isOfParser && error instanceof Error ? damaged(sameInBoth(error.message), error) : error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function damaged(problem: Text, cause?: unknown): HoldfastError {
  return new HoldfastError('archive.foreign-damaged', { problem }, cause);
}

function beyond(what: Text, limit: string | number): HoldfastError {
  return new HoldfastError('archive.foreign-limit', { what, limit });
}
