import { groupBy } from '../../shared/group-by.ts';
import type { DriverField } from '../../shared/model/driver.ts';

/** What a form holds of a driver's options while they are edited: an empty text is a value that is not given. */
export type FormValues = { readonly [field: string]: string | boolean | readonly string[] };

/** How a stored secret comes from the host. */
const STORED_SECRET = '***';

/** The values that a form starts with: stored ones, else defaults. A stored secret's value is never shown. */
export function startValues(
  fields: readonly DriverField[],
  stored: { readonly [field: string]: unknown } = {},
): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, startValue(field, stored[field.name])]));
}

function startValue(field: DriverField, stored: unknown): string | boolean | readonly string[] {
  const value = field.secret ? undefined : (stored ?? field.default);
  switch (field.type.kind) {
    case 'boolean':
      return value === true;
    case 'list':
      return Array.isArray(value) ? value.map(String) : [];
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/** Whether the host has a value for this secret already. */
export function isStoredSecret(field: DriverField, stored: { readonly [field: string]: unknown }): boolean {
  const value = stored[field.name];
  return field.secret && (value === STORED_SECRET || (typeof value === 'object' && value !== null));
}

/** Whether a field means something with these values. */
export function isVisible(field: DriverField, values: FormValues): boolean {
  const { visibleWhen } = field;
  if (visibleWhen === undefined) return true;
  const value = values[visibleWhen.field];
  return visibleWhen.oneOf.some((each) => each === value);
}

/**
 * The options to send for something new: what is visible and given; the host knows the defaults and judges values.
 */
export function optionsToAdd(fields: readonly DriverField[], values: FormValues): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .filter((field) => isVisible(field, values))
      .map((field) => [field.name, given(field, values[field.name])] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/**
 * The options to send for something stored: only what changed; null takes an option away. A secret that was left
 * empty stays as it is, unless its field no longer means anything.
 */
export function optionsToChange(
  fields: readonly DriverField[],
  values: FormValues,
  stored: { readonly [field: string]: unknown },
): Record<string, unknown> {
  const start = startValues(fields, stored);
  const changes = fields.map((field) => {
    const before = stored[field.name];
    const change = isVisible(field, values)
      ? changeOf(field, values[field.name], before)
      : lossOf(before, isVisible(field, start));
    return [field.name, change] as const;
  });
  return Object.fromEntries(changes.filter(([, change]) => change !== undefined));
}

function changeOf(field: DriverField, value: FormValues[string] | undefined, before: unknown): unknown {
  const after = given(field, value);
  if (after === undefined) return before === undefined || field.secret ? undefined : null;
  return JSON.stringify(after) === JSON.stringify(before ?? fallback(field)) ? undefined : after;
}

/** Of a field that means nothing with the values there are now: what meant nothing before either stays as it is. */
function lossOf(before: unknown, meantSomething: boolean): null | undefined {
  return before !== undefined && meantSomething ? null : undefined;
}

/** What an option that is not stored amounts to. */
function fallback(field: DriverField): unknown {
  return field.default ?? (field.type.kind === 'boolean' ? false : undefined);
}

function given(field: DriverField, value: FormValues[string] | undefined): unknown {
  if (field.type.kind === 'boolean') return value === true;
  if (field.type.kind === 'list') return Array.isArray(value) && value.length > 0 ? value : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  return field.type.kind === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
}

/** Names of the visible fields that are needed and empty. A stored secret need not be given again. */
export function missingFields(
  fields: readonly DriverField[],
  values: FormValues,
  stored: { readonly [field: string]: unknown } = {},
): readonly string[] {
  return fields
    .filter((field) => field.required && isVisible(field, values) && !isStoredSecret(field, stored))
    .filter((field) => given(field, values[field.name]) === undefined)
    .map((field) => field.name);
}

/** Fields of one group stand together, in the order in which the groups first appear; those without one come first. */
export function groupFields(
  fields: readonly DriverField[],
): readonly { readonly group: string | undefined; readonly fields: readonly DriverField[] }[] {
  const groups = groupBy(fields, ({ group }) => group);
  return [...groups]
    .map(([group, members]) => ({ group, fields: members }))
    .sort((a, b) => Number(a.group !== undefined) - Number(b.group !== undefined));
}

/** The field that the host's validation names: `ZooKeeper: connectString` → `connectString`. */
export function blamedField(what: string, fields: readonly DriverField[]): string | undefined {
  return fields.find(({ name }) => what === name || what.endsWith(`: ${name}`) || what.endsWith(`.${name}`))
    ?.name;
}
