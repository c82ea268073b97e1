import type { Key } from '../../../shared/order/key.ts';

/** What a part of the data region holds. */
export type PartType = 'records' | 'overlay' | 'fingerprints' | 'blob';

/** One outer block as the index lists it; blobs and frames have no first key, null means "continues a line". */
export interface BlockRecord {
  /** In the file. */
  readonly length: number;
  /** Before compression; in an encrypted archive the length of the plain text. */
  readonly plain: number;
  /** Of its bytes in the file, base64url. */
  readonly sha256: string;
  readonly first?: Key | null;
}

/** One part of the data region as the index lists it. */
export interface PartRecord {
  readonly part: number;
  readonly type: PartType;
  readonly generation: number;
  /** Only on fingerprints: the record part they describe. */
  readonly of?: number;
  /** Bytes of content as the tar header has it. */
  readonly size: number;
  /** Lines; 0 for blobs. */
  readonly count: number;
  readonly first?: Key;
  readonly last?: Key;
  readonly frame: BlockRecord;
  readonly blocks: readonly BlockRecord[];
}

/** Where an index page lies and what it lists. */
export interface PageRecord {
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  readonly part: number;
  readonly parts: readonly [first: number, last: number];
  /** Offset in the file of the first part it lists. */
  readonly dataOffset: number;
  readonly ranges: readonly GenerationRange[];
}

export type GenerationRange = readonly [generation: number, first: Key, last: Key];

export interface Root {
  readonly pages: readonly PageRecord[];
  readonly dataEnd: number;
  readonly parts: number;
}

const NUMBER_DIGITS = 6;

/** The name of a part in the tar stream. `chunk` is the SHA-256 of a blob chunk, hex. */
export function partName(
  part: number,
  type: PartType | 'page' | 'root',
  generation: number,
  sealed: boolean,
  chunk?: string,
): string {
  const number = String(part).padStart(NUMBER_DIGITS, '0');
  const suffix = sealed ? '.sealed' : '';
  switch (type) {
    case 'records':
      return `records/${number}.ndjson${suffix}`;
    case 'overlay':
      return `overlay-${generation}/${number}.ndjson${suffix}`;
    case 'fingerprints':
      return `fingerprints/${number}.ndjson${suffix}`;
    case 'blob':
      // The hash of what is sealed would let anybody confirm a guess.
      return sealed ? `blobs/${number}${suffix}` : `blobs/${chunk ?? ''}`;
    case 'page':
      return `index/${number}.ndjson${suffix}`;
    case 'root':
      return `index/root.json${suffix}`;
  }
}
