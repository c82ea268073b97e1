import type { Key } from '../order/key.ts';

/** A JSON value, as entries carry it. Sources write object members in a fixed order: fingerprints depend on it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

/** How a blob is named inside an entry's content. */
export interface BlobName {
  /** SHA-256 of the whole blob, hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Where one chunk of a blob lies: part number, bytes, SHA-256 (hex), and the archive's id when it is another one. */
export type ChunkLocation = readonly [part: number, size: number, sha256: string, archive?: string];

/** For every blob that a content refers to (by SHA-256, hex): its chunks in order. */
export type BlobLocations = { readonly [sha256: string]: readonly ChunkLocation[] };

/** One restorable object of a source. */
export interface Entry {
  /** The kind of object, as its source names it. Never `-`. */
  readonly kind: string;
  readonly key: Key;
  /** What a restore brings back. Two entries with equal content are the same. */
  readonly content: JsonObject;
  /** What was seen with it: versions, times, counters. Never makes two entries differ. */
  readonly observed: JsonObject;
  readonly blobs?: BlobLocations;
}

/** A key that is gone: in an overlay since the first pass, in an increment since the parent. */
export interface Tombstone {
  readonly key: Key;
  readonly removed: true;
}

export type Line = Entry | Tombstone;

export function isTombstone(line: Line): line is Tombstone {
  return 'removed' in line;
}

/** Values above this many bytes go to a blob, those up to it stand in the content as base64. */
export const INLINE_VALUE_LIMIT = 65_536;
