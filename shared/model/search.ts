import { z } from 'zod';

/** What to look for: a text, or a regular expression as RE2 has them. */
export const searchPattern = z.object({
  text: z.string().min(1).max(1000),
  regularExpression: z.boolean().default(false),
  matchCase: z.boolean().default(false),
  /** In the names of entries (the whole key where the text has a slash), in what they hold, or both. */
  within: z
    .array(z.enum(['name', 'content']))
    .min(1)
    .default(['name']),
});
export type SearchPattern = z.infer<typeof searchPattern>;

export const searchMatch = z.object({
  key: z.array(z.string()),
  /** Absent where only names were read. */
  kind: z.string().optional(),
  within: z.enum(['name', 'content']),
  /** What stands around the first match in the content. */
  excerpt: z.string().optional(),
});
export type SearchMatch = z.infer<typeof searchMatch>;

export const searchEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), searched: z.int() }),
  z.object({ event: z.literal('found'), matches: z.array(searchMatch) }),
  /** The last one. `more`: the limit was reached; `unread`: large values, which are not searched. */
  z.object({
    event: z.literal('ended'),
    searched: z.int(),
    found: z.int(),
    more: z.boolean(),
    unread: z.int(),
  }),
]);
export type SearchEvent = z.infer<typeof searchEvent>;
