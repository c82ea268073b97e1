import { z } from 'zod';
import type { JsonObject } from './entry.ts';

/** A JSON object, checked. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
