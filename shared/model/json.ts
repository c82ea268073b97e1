import { z } from 'zod';
import type { Json, JsonObject } from './entry.ts';

/** Any JSON value, checked. */
export const json: z.ZodType<Json> = z.json();

/** A JSON object, checked. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
