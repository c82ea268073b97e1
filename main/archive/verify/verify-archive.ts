import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { ArchiveSecret } from '../keys/recipients.ts';
import { GZIP_HEADER, tarPadding } from '../layout/format.ts';
import { openContent } from '../read/archive-reader.ts';
import { type ByteSource, readExactly, TailedSource } from '../read/byte-source.ts';
import {
  checkSignature,
  type Ending,
  readEnding,
  readFooter,
  requireSigner,
  type SignatureState,
} from '../read/ending.ts';
import { readAhead } from '../read/read-ahead.ts';
import { ContentCheck } from './content-check.ts';
import { type Finding, Findings } from './findings.ts';
import type { PartJob } from './part-check.ts';
import { openPartCheckers, type PartCheckers } from './part-checkers.ts';
import { opaqueStretches, type Stretch } from './stretches.ts';

export interface VerifyOptions {
  /** `file`: hash of the file, footer, manifest. `content`: every byte, line, fingerprint, blob and count as well. */
  readonly level: 'file' | 'content';
  readonly keys?: readonly ArchiveSecret[];
  /** Hex of the Ed25519 public key that must have signed it. */
  readonly requireSigner?: string;
  /** What stands beside the file and in the catalog: hex digests of the whole file, its bytes. */
  readonly expected?: { readonly sha256?: string; readonly md5?: string; readonly size?: number };
  /** Bytes of the file. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly level: 'file' | 'content';
  /** The first hundred. */
  readonly findings: readonly Finding[];
  /** How many there were beyond them. */
  readonly more: number;
  readonly manifest?: Manifest;
  readonly signature?: SignatureState;
  /** Of the file as it was read. */
  readonly size: number;
  readonly sha256: string;
  /** Only when `expected` has one. */
  readonly md5?: string;
}

/** Stretches read ahead when there is nothing to check in them. */
const READS_AHEAD = 2;

/**
 * Verifies an archive in one pass over its bytes, in bounded memory. Damage never throws: it is reported, all of
 * it as far as the structure still allows. Throws when the source fails, on cancellation, and for level `content`
 * of an encrypted archive `archive.key-missing`, `archive.wrong-passphrase`, `archive.wrong-key`.
 */
export async function verifyArchive(source: ByteSource, options: VerifyOptions): Promise<VerifyReport> {
  const findings = new Findings();
  const tailed = await TailedSource.open(source, options.signal);
  const { ending, signature } = await checkEnding(tailed, findings, options);
  const inside = ending && (await openInside(tailed, ending, findings, options));
  try {
    const digests = await passOver(source, inside, findings, options);
    await inside?.check.finish(options.signal);
    compareExpected(source.size, digests, findings, options);
    return {
      ok: findings.isEmpty,
      level: options.level,
      findings: findings.kept,
      more: findings.more,
      ...(ending !== undefined && { manifest: ending.manifest }),
      ...(signature !== undefined && { signature }),
      size: source.size,
      ...digests,
    };
  } finally {
    await inside?.checkers.close();
  }
}

/** What checks the inside of an archive. */
interface Inside {
  readonly check: ContentCheck;
  readonly checkers: PartCheckers;
}

async function checkEnding(
  source: TailedSource,
  findings: Findings,
  options: VerifyOptions,
): Promise<{ readonly ending?: Ending | undefined; readonly signature?: SignatureState | undefined }> {
  const { signal } = options;
  const footer = await findings.attempt({ area: 'footer' }, () => readFooter(source, signal));
  if (footer === undefined) return {};
  const signature = await findings.attempt({ area: 'signature' }, () => {
    const state = checkSignature(footer);
    requireSigner(state, options.requireSigner);
    return state;
  });
  const ending = await findings.attempt({ area: 'manifest' }, () => readEnding(source, footer, signal));
  return { ending, signature };
}

async function openInside(
  source: TailedSource,
  ending: Ending,
  findings: Findings,
  options: VerifyOptions,
): Promise<Inside | undefined> {
  if (options.level === 'file') return undefined;
  const { manifest } = ending;
  const content = await findings.attempt({ area: 'root' }, () =>
    openContent(source, manifest, options.keys ?? [], options.signal),
  );
  if (content === undefined) return undefined;
  const facts = {
    archiveId: manifest.id,
    modified: Math.floor(Date.parse(manifest.created) / 1000),
    singlePass: manifest.generations === 1,
    ...(content.seal !== undefined && { dataKey: content.seal.dataKey }),
  };
  const check = new ContentCheck(ending, content, findings);
  return { check, checkers: openPartCheckers(facts, source.size) };
}

/** Reads every byte once, in order; hashes the file and feeds the content check. */
async function passOver(
  source: ByteSource,
  inside: Inside | undefined,
  findings: Findings,
  options: VerifyOptions,
): Promise<{ readonly sha256: string; readonly md5?: string }> {
  const { signal, onProgress } = options;
  const sha256 = createHash('sha256');
  const md5 = options.expected?.md5 === undefined ? undefined : createHash('md5');
  const work = async (stretch: Stretch) => {
    const bytes = await readExactly(source, stretch.offset, stretch.length, signal);
    const verdicts = (await inside?.checkers.check(jobsOf(stretch, bytes))) ?? [];
    return { stretch, bytes, verdicts };
  };
  const stretches = inside?.check.stretches(source.size, signal) ?? asAsync(opaqueStretches(0, source.size));
  for await (const done of readAhead(stretches, inside?.checkers.atOnce ?? READS_AHEAD, work)) {
    const { stretch, bytes, verdicts } = done;
    sha256.update(bytes);
    md5?.update(bytes);
    if (stretch.offset === 0) checkHeader(bytes, findings);
    inside?.check.check(stretch, bytes, verdicts);
    onProgress?.(stretch.offset + stretch.length, source.size);
  }
  return { sha256: sha256.digest('hex'), ...(md5 !== undefined && { md5: md5.digest('hex') }) };
}

/** The parts of a stretch, each with a copy of its bytes, to be handed to a thread. */
function jobsOf({ parts = [], offset, padding }: Stretch, bytes: Buffer): PartJob[] {
  let before = padding;
  return parts.map((part, i) => {
    const start = part.offset - offset;
    const end = (parts[i + 1]?.offset ?? offset + bytes.length) - offset;
    const job = { record: part.record, bytes: new Uint8Array(bytes.subarray(start, end)) };
    const padded = before === undefined ? job : { ...job, padding: before };
    before = tarPadding(part.record.size);
    return padded;
  });
}

async function* asAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function checkHeader(bytes: Buffer, findings: Findings): void {
  if (bytes.subarray(0, GZIP_HEADER.length).equals(GZIP_HEADER)) return;
  const error = new HoldfastError('archive.header-damaged', {
    problem: detail('not-ten-bytes'),
  });
  findings.add({ area: 'header' }, error);
}

function compareExpected(
  size: number,
  digests: { readonly sha256: string; readonly md5?: string },
  findings: Findings,
  { expected = {} }: VerifyOptions,
): void {
  const found = { size, ...digests };
  for (const what of ['size', 'sha256', 'md5'] as const) {
    const due = expected[what];
    const is = found[what];
    if (due === undefined || is === undefined || String(due).toLowerCase() === String(is)) continue;
    findings.add(
      { area: 'file' },
      new HoldfastError('archive.file-changed', { what, found: is, expected: due }),
    );
  }
}
