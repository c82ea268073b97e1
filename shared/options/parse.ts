import type { z } from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';
import { HoldfastError } from '../errors/error.ts';
import type { Text } from '../errors/text.ts';
import { detail } from '../messages/details.ts';
import { schemaMessage } from '../messages/schema-messages.ts';
import { describeFields, type FieldDescription } from './describe.ts';

const CHINESE = zhCN().localeError;

/** Values as they come from flags, environment or a form: texts, lists of texts, or already typed. */
export type RawOptions = { readonly [field: string]: unknown };

/**
 * Turns raw values into a driver's options.
 * @throws HoldfastError `general.invalid-input` naming the field and what is wrong with it; never the value of a secret.
 */
export function parseOptions<S extends z.ZodObject>(schema: S, raw: RawOptions, what: string): z.infer<S> {
  const described = describeFields(schema);
  const unknown = Object.keys(raw).find((name) => !described.some((entry) => entry.name === name));
  if (unknown !== undefined) throw invalid(`${what}: ${unknown}`, detail('no-such-option'));
  const typed: Record<string, unknown> = {};
  for (const entry of described) {
    const value = raw[entry.name];
    if (value !== undefined) typed[entry.name] = fromText(entry, value, what);
    else if (entry.required) throw invalid(`${what}: ${entry.name}`, detail('needed'));
  }
  return validate(schema, typed, what);
}

/** Validates any value from outside; the first problem becomes `general.invalid-input`. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, what: string): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? what : `${what}: ${issue.path.join('.')}`;
  throw invalid(place, issue === undefined ? detail('does-not-fit') : inBoth(issue.message, schema, value));
}

/** The first problem again, in the words of each language. */
function inBoth(english: string, schema: z.ZodType, value: unknown): Text {
  const { error } = schema.safeParse(value, { error: CHINESE });
  return schemaMessage(english, error?.issues[0]?.message ?? english);
}

function fromText(entry: FieldDescription, value: unknown, what: string): unknown {
  if (typeof value !== 'string') return value;
  switch (entry.type.kind) {
    case 'integer':
      if (!/^-?\d+$/.test(value)) throw invalid(`${what}: ${entry.name}`, detail('whole-number-needed'));
      return Number(value);
    case 'boolean':
      if (value !== 'true' && value !== 'false')
        throw invalid(`${what}: ${entry.name}`, detail('boolean-needed'));
      return value === 'true';
    case 'list':
      return value.split(',').map((item) => item.trim());
    default:
      return value;
  }
}

function invalid(what: string, problem: string | Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what, problem });
}
