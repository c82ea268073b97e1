import { z } from 'zod';
import { params } from './text.ts';

/**
 * A sentence that the engine says. Programs go by code and params; `messageText` gives it in both languages.
 */
export const message = z.object({
  /** Stable name: `rescan.vanished`. */
  code: z.string(),
  params,
  /** The sentence in English. */
  text: z.string(),
});
export type Message = z.infer<typeof message>;
