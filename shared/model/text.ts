import { z } from 'zod';
import type { Text } from '../errors/text.ts';

/** A text that people read, in both languages. */
export const text: z.ZodType<Text> = z.object({ en: z.string(), zh: z.string() });

/** What takes the places of a template. */
export const params = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), text]),
);
