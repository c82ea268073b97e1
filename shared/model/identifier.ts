import { z } from 'zod';

/** Ids are random: 16 hex digits. */
export const identifier = z.string().regex(/^[0-9a-f]{16}$/, 'an id is 16 hex digits');

/** An id or its beginning, as people type it: fewer digits would hit by chance. */
export const identifierBeginning = z
  .string()
  .regex(/^[0-9a-f]{4,16}$/, 'an id begins with 4 to 16 hex digits');

/** Names are what people call a cluster, storage or task: unique among their kind, up to 100 characters. */
export const name = z
  .string()
  .min(1, 'a name is needed')
  .max(100, 'at most 100 characters')
  .regex(/^[^\p{Cc}/\\:]+$/u, 'no control characters, slashes or colons')
  .refine((text) => text !== '.' && text !== '..', 'not a name');

/** A directory in a storage: components separated by slashes; empty for the root. */
export const storageDirectory = z
  .string()
  .transform((text) => text.replace(/^\/+|\/+$/g, ''))
  .refine(
    (text) => text === '' || text.split('/').every((part) => /^(?!\.{1,2}$)[^\p{Cc}]+$/u.test(part)),
    'a directory has no empty, . or .. components',
  );

/** RFC 3339 in UTC with milliseconds, as `Date.toISOString` writes it. */
export const instant = z.iso.datetime();
export type Instant = z.infer<typeof instant>;
