import { z } from 'zod';

/** What a member of a flat input is; only these can stand in a query. `texts` is given once or several times. */
export type FlatType = 'string' | 'integer' | 'number' | 'boolean' | 'texts';
export type FlatInput = Readonly<Record<string, FlatType>>;

const SINGLE_TYPES: readonly FlatType[] = ['string', 'integer', 'number', 'boolean'];

const objectSchema = z.object({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()).default({}),
});
const memberSchema = z.looseObject({
  type: z.string(),
  items: z.looseObject({ type: z.string().optional() }).optional(),
});

/** The members of an input that can be given in a query: all are single values or lists of texts. Undefined where one is more. */
export function flatInputOf(schema: unknown): FlatInput | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const parsed = objectSchema.safeParse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  if (!parsed.success) return undefined;
  const members = Object.entries(parsed.data.properties).map(
    ([member, described]) => [member, flatTypeOf(described)] as const,
  );
  const flat = members.flatMap(([member, type]) => (type === undefined ? [] : [[member, type] as const]));
  return flat.length === members.length ? Object.fromEntries(flat) : undefined;
}

function flatTypeOf(described: unknown): FlatType | undefined {
  const { type, items } = memberSchema.safeParse(described).data ?? {};
  if (type === 'array') return items?.type === 'string' ? 'texts' : undefined;
  return SINGLE_TYPES.find((single) => single === type);
}

/** A query's texts as the values that they stand for. What is no such value stays, for the schema to refuse. */
export function readQuery(query: unknown, flat: FlatInput): unknown {
  if (typeof query !== 'object' || query === null) return query ?? {};
  return Object.fromEntries(
    Object.entries(query).map(([member, value]) => [member, readValue(value, flat[member])]),
  );
}

function readValue(value: unknown, type: FlatType | undefined): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'texts') return [value];
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return value;
}
