import type { DriverField } from '../model/driver.ts';
import type { CommandPart } from './command.ts';

/** The flag of a driver's field with its value; nothing for what is not given or the default. */
export function fieldPart(field: DriverField, value: unknown): readonly CommandPart[] {
  return isLeftOut(field, value) ? [] : changedPart(field, value);
}

/** The flag of a field with this value, be it the default. */
function changedPart(field: DriverField, value: unknown): readonly CommandPart[] {
  // Keys and certificates are read from a file there, secret ones too; which one, only the person knows.
  if (field.widget === 'file-content') return [{ flag: `${field.flag}-file`, value: `${field.flag}.pem` }];
  if (field.secret) return [{ flag: `${field.flag}-prompt`, value: true }];
  if (typeof value === 'boolean') return [`--${value ? '' : 'no-'}${field.flag}`];
  if (Array.isArray(value)) return [{ flag: field.flag, value: value.map(String) }];
  return [{ flag: field.flag, value: String(value) }];
}

/** The flags of the fields that change, be it to the default; null takes an option away by the flag `unset`. */
export function changeParts(
  fields: readonly DriverField[],
  options: { readonly [field: string]: unknown },
  unset: (field: DriverField) => CommandPart = ({ flag }) => ({ flag: 'unset', value: flag }),
): readonly CommandPart[] {
  return fields
    .filter(({ name }) => options[name] !== undefined)
    .flatMap((field) => {
      const value = options[field.name];
      return value === null ? [unset(field)] : changedPart(field, value);
    });
}

function isLeftOut(field: DriverField, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return JSON.stringify(value) === JSON.stringify(field.default);
}
