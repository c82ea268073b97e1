import { z } from 'zod';
import type { Text } from '../errors/text.ts';

/** What a field tells the faces beyond its schema. Forms, flags, documents and redaction are derived from it. */
export interface FieldMeta {
  readonly label: Text;
  readonly help?: Text;
  /** Fields of one group stand together in a form and in the documentation. */
  readonly group?: string;
  /** The value is one of our secrets: it goes to the vault, never into catalog, log, argv or reply. */
  readonly secret?: boolean;
  readonly advanced?: boolean;
  readonly example?: string;
  /** The field only means something while another field has one of these values. */
  readonly visibleWhen?: { readonly field: string; readonly oneOf: readonly (string | boolean)[] };
  /** A form may show more than a plain input: a picker for topics, a browser for paths, a text area. */
  readonly widget?: 'path' | 'file-content' | 'multiline' | 'topics' | 'subtrees';
}

const fields = z.registry<FieldMeta>();

/** Attaches a field's metadata to its schema. */
export function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  fields.add(schema, meta);
  return schema;
}

/** The metadata given to `field`; undefined for a schema that was not described. */
export function fieldMeta(schema: z.ZodType): FieldMeta | undefined {
  return fields.get(schema);
}
