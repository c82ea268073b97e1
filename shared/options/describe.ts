import { z } from 'zod';
import { type FieldMeta, fieldMeta } from './field.ts';

/** How a field's value is written on a command line or in a form. */
export type FieldType =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** Several texts: the flag is repeated, the environment variable separates them by commas. */
  | { readonly kind: 'list' };

export interface FieldDescription {
  /** The member's name in the options object. */
  readonly name: string;
  /** Long flag without the dashes: `connectString` → `connect-string`. */
  readonly flag: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly default?: string | number | boolean | readonly string[];
  readonly meta: FieldMeta;
}

/**
 * Describes every field of an options schema, in order.
 * @throws Error when a field has no metadata or a type that no face can show: a defect of the driver, met by
 *   the test that describes every registered driver.
 */
export function describeFields(schema: z.ZodObject): readonly FieldDescription[] {
  return Object.entries(schema.shape).map(([name, value]) => describeField(name, value as z.ZodType));
}

function describeField(name: string, schema: z.ZodType): FieldDescription {
  const { inner, required, fallback, meta } = unwrap(schema);
  if (meta === undefined) throw new Error(`option ${name} has no label`);
  const description = { name, flag: kebabCase(name), type: fieldType(name, inner), required, meta };
  return fallback === undefined ? description : { ...description, default: fallback };
}

interface Unwrapped {
  readonly inner: z.ZodType;
  readonly required: boolean;
  readonly fallback: FieldDescription['default'];
  readonly meta: FieldMeta | undefined;
}

function unwrap(schema: z.ZodType): Unwrapped {
  let inner: z.ZodType = schema;
  let required = true;
  let fallback: FieldDescription['default'];
  let meta = fieldMeta(inner);
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) {
    required = false;
    if (inner instanceof z.ZodDefault) fallback = inner.def.defaultValue as FieldDescription['default'];
    inner = inner.unwrap() as z.ZodType;
    meta ??= fieldMeta(inner);
  }
  return { inner, required, fallback, meta };
}

function fieldType(name: string, schema: z.ZodType): FieldType {
  if (schema instanceof z.ZodString) return { kind: 'text' };
  if (schema instanceof z.ZodNumber) return { kind: 'integer' };
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options.map(String) };
  if (schema instanceof z.ZodArray) return { kind: 'list' };
  throw new Error(`option ${name} has a type that no form or flag can show`);
}

export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The environment variable that can give a field: `HOLDFAST_ZOOKEEPER_CONNECT_STRING`. */
export function environmentName(driver: string, fieldName: string): string {
  return `HOLDFAST_${driver}_${kebabCase(fieldName)}`.replaceAll('-', '_').toUpperCase();
}
