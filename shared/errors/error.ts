import type { ErrorCategory } from './category.ts';
import { ERROR_TABLE, type ErrorCode } from './table.ts';
import { fillBoth, fillText, type Language, type Params, type Text } from './text.ts';

/** The one error class. Its code has a row in the error table; its params fill the row's texts. Never a secret. */
export class HoldfastError extends Error {
  override readonly name = 'HoldfastError';
  readonly code: ErrorCode;
  readonly params: Params;

  constructor(code: ErrorCode, params: Params = {}, cause?: unknown) {
    super(fillText(ERROR_TABLE[code].message, params, 'en'), cause === undefined ? undefined : { cause });
    this.code = code;
    this.params = params;
  }

  get category(): ErrorCategory {
    return ERROR_TABLE[this.code].category;
  }

  get retryable(): boolean {
    return ERROR_TABLE[this.code].retryable;
  }
}

/** How an error crosses a process boundary, is stored with a run and printed under `--json`. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly retryable: boolean;
  readonly params: Params;
  readonly message: string;
  readonly remedy: string;
  /** Messages of the causes, outermost first. */
  readonly causes: readonly string[];
}

const MOST_CAUSES = 8;
const THE_OPERATION: Text = { en: 'The operation', zh: '操作' };

/** Turns whatever was thrown into a report; what is not ours becomes `general.unexpected`. */
export function reportError(thrown: unknown, language: Language = 'en'): ErrorReport {
  const error = asHoldfastError(thrown);
  const definition = ERROR_TABLE[error.code];
  return {
    code: error.code,
    category: definition.category,
    retryable: definition.retryable,
    params: error.params,
    message: fillText(definition.message, error.params, language),
    remedy: fillText(definition.remedy, error.params, language),
    causes: causeMessages(error),
  };
}

/** What happened and what to do about it, in both languages. */
export function explainError(thrown: unknown): { readonly message: Text; readonly remedy: Text } {
  const { code, params } = asHoldfastError(thrown);
  const { message, remedy } = ERROR_TABLE[code];
  return { message: fillBoth(message, params), remedy: fillBoth(remedy, params) };
}

/** The error itself when it is ours, an abort as `general.cancelled`, anything else as `general.unexpected`. */
export function asHoldfastError(thrown: unknown): HoldfastError {
  if (thrown instanceof HoldfastError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new HoldfastError('general.cancelled', { what: THE_OPERATION }, thrown);
  }
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  return new HoldfastError('general.unexpected', { problem }, thrown);
}

function causeMessages(error: Error): string[] {
  const messages: string[] = [];
  let cause: unknown = error.cause;
  while (cause instanceof Error && messages.length < MOST_CAUSES) {
    messages.push(cause.message);
    cause = cause.cause;
  }
  return messages;
}
