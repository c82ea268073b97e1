import type { DriverField } from '../model/driver.ts';
import { commandLine } from './command.ts';
import { changeParts, fieldPart } from './field-part.ts';

/** What `storage add` needs. */
export interface StorageForCommand {
  readonly name: string;
  readonly driver: string;
  readonly fields: readonly DriverField[];
  readonly options: { readonly [field: string]: unknown };
}

/** `holdfast storage add …`. Secrets are asked for at the prompt. */
export function addStorageCommand({ name, driver, fields, options }: StorageForCommand): string {
  return commandLine([
    'storage',
    'add',
    name,
    { flag: 'driver', value: driver },
    ...fields.flatMap((field) => fieldPart(field, options[field.name])),
  ]);
}

/** `holdfast storage set …` with the options that change; null takes one away. */
export function setStorageCommand(
  name: string,
  fields: readonly DriverField[],
  options: { readonly [field: string]: unknown },
): string {
  return commandLine(['storage', 'set', name, ...changeParts(fields, options)]);
}
