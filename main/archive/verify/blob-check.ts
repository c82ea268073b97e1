import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { BlobName, ChunkLocation, Entry, Json } from '../../../shared/model/entry.ts';
import type { Key } from '../../../shared/order/key.ts';
import { type ChunkSource, readBlob } from '../read/blob.ts';
import type { Findings } from './findings.ts';

interface Chunk {
  readonly sha256: string;
  readonly size: number;
}

/** Checks that chunks are what they are named and that what records say of their blobs is true. */
export class BlobCheck {
  readonly #findings: Findings;
  readonly #chunks = new Map<number, Chunk>();
  readonly #checked = new Set<string>();
  /** Blobs of several chunks: their whole is hashed at the end, by reading the chunks again in order. */
  readonly #composed: { readonly entry: Entry; readonly sha256: string }[] = [];
  bytes = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  get chunks(): number {
    return this.#chunks.size;
  }

  /** Notes a chunk part that is whole. */
  chunk(part: number, chunk: Chunk): void {
    this.#chunks.set(part, chunk);
    this.bytes += chunk.size;
  }

  /** Checks what one entry says of its blobs. */
  references(entry: Entry): void {
    const names = namesIn(entry.content);
    for (const { sha256 } of names) {
      if (entry.blobs?.[sha256] === undefined) this.#report(entry.key, sha256, detail('blob-not-located'));
    }
    for (const [sha256, chunks] of Object.entries(entry.blobs ?? {})) {
      const name = names.find((candidate) => candidate.sha256 === sha256);
      const size = chunks.reduce((sum, chunk) => sum + chunk[1], 0);
      if (name === undefined) this.#report(entry.key, sha256, detail('blob-not-referred'));
      else if (name.size !== size) this.#report(entry.key, sha256, detail('blob-size'));
      else this.#checkChunks(entry, sha256, chunks);
    }
  }

  /** Hashes the blobs that have several chunks. */
  async finish(source: ChunkSource, signal?: AbortSignal): Promise<void> {
    for (const { entry, sha256 } of this.#composed) {
      await this.#findings.attempt({ area: 'blob', from: entry.key, to: entry.key }, async () => {
        for await (const _ of readBlob(() => source, entry, sha256, signal));
      });
    }
  }

  #checkChunks(entry: Entry, sha256: string, chunks: readonly ChunkLocation[]): void {
    const identity = `${sha256} ${JSON.stringify(chunks)}`;
    if (this.#checked.has(identity)) return;
    this.#checked.add(identity);
    const here = chunks.filter((chunk) => chunk[3] === undefined);
    const bad = here.find(([part, size, name]) => {
      const chunk = this.#chunks.get(part);
      return chunk?.sha256 !== name || chunk.size !== size;
    });
    if (bad !== undefined) this.#report(entry.key, sha256, detail('chunk-in-part', { part: bad[0] }));
    else if (chunks.length === 1 && chunks[0]?.[2] !== sha256)
      this.#report(entry.key, sha256, detail('chunk-other'));
    else if (chunks.length !== 1 && here.length === chunks.length) this.#composed.push({ entry, sha256 });
  }

  #report(key: Key, sha256: string, problem: Text): void {
    const error = new HoldfastError('archive.blob-damaged', { sha256, problem });
    this.#findings.add({ area: 'blob', from: key, to: key }, error);
  }
}

/** Every blob name in a content (§4.2): an object with exactly `sha256` and `size`. */
function namesIn(content: Json): BlobName[] {
  const names: BlobName[] = [];
  const open: Json[] = [content];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value === null || typeof value !== 'object') continue;
    const name = asBlobName(value);
    if (name !== undefined) names.push(name);
    // Not spread: a content may have more members than a call has arguments.
    else for (const member of Object.values(value)) open.push(member);
  }
  return names;
}

function asBlobName(value: object): BlobName | undefined {
  const { sha256, size } = value as { readonly sha256?: unknown; readonly size?: unknown };
  const isName = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && typeof size === 'number';
  return isName && Object.keys(value).length === 2 ? { sha256, size } : undefined;
}
