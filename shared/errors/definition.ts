import type { ErrorCategory } from './category.ts';
import type { Text } from './text.ts';

/** One row of the error table. */
export interface ErrorDefinition {
  readonly category: ErrorCategory;
  /** Whether the same call may succeed when it is simply made again a little later. */
  readonly retryable: boolean;
  /** What happened, to what. */
  readonly message: Text;
  /** What to do about it. */
  readonly remedy: Text;
}

/** Checks a part of the table at compile time while keeping its codes as literal types. */
export function defineErrors<const T extends { readonly [code: string]: ErrorDefinition }>(table: T): T {
  return table;
}
