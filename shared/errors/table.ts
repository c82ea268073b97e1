import { archiveErrors } from './archive-errors.ts';
import { catalogErrors } from './catalog-errors.ts';
import { cliErrors } from './cli-errors.ts';
import type { ErrorDefinition } from './definition.ts';
import { engineErrors } from './engine-errors.ts';
import { generalErrors } from './general-errors.ts';
import { hostErrors } from './host-errors.ts';
import { secretsErrors } from './secrets-errors.ts';
import { sourceErrors } from './source-errors.ts';
import { storageErrors } from './storage-errors.ts';
import { tunnelErrors } from './tunnel-errors.ts';

const table = {
  ...generalErrors,
  ...archiveErrors,
  ...storageErrors,
  ...sourceErrors,
  ...tunnelErrors,
  ...engineErrors,
  ...catalogErrors,
  ...secretsErrors,
  ...hostErrors,
  ...cliErrors,
};

/** Every error that Holdfast raises has its code here. */
export type ErrorCode = keyof typeof table;

export const ERROR_TABLE: { readonly [code in ErrorCode]: ErrorDefinition } = table;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(table, code);
}
