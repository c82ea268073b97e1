import type { z } from 'zod';
import { describeFields } from './describe.ts';

/** Stands where a secret was: the vault knows the value under this id. */
export interface SecretRef {
  readonly secret: string;
}

export function isSecretRef(value: unknown): value is SecretRef {
  return typeof value === 'object' && value !== null && typeof (value as SecretRef).secret === 'string';
}

/** Names of the fields whose values belong into the vault. */
export function secretFields(schema: z.ZodObject): readonly string[] {
  return describeFields(schema)
    .filter((entry) => entry.meta.secret === true)
    .map((entry) => entry.name);
}

/** A copy that may be logged or shown: every secret that is set reads `"***"`. */
export function redact(
  schema: z.ZodObject,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const secret = new Set(secretFields(schema));
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      secret.has(name) && value !== undefined ? '***' : value,
    ]),
  );
}
