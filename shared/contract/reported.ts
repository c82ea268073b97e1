import { ORPCError } from '@orpc/contract';
import { z } from 'zod';
import { asHoldfastError, HoldfastError } from '../errors/error.ts';
import { isErrorCode } from '../errors/table.ts';
import type { Text } from '../errors/text.ts';
import { errorReport } from '../model/run.ts';

const THE_REQUEST: Text = { en: 'The request', zh: '请求' };
const DOES_NOT_FIT: Text = { en: 'it does not fit', zh: '不符合要求' };

/** What the contract's schema found wrong with an input before the engine saw it. */
const badRequest = z.object({
  issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional() })).min(1),
});

/** A report that crossed the wire as the error it was; a code that this program does not know yet keeps its message. */
export function fromReport(report: z.infer<typeof errorReport>): HoldfastError {
  const cause = report.causes.reduceRight<Error | undefined>(
    (inner, message) => new Error(message, inner === undefined ? undefined : { cause: inner }),
    undefined,
  );
  if (isErrorCode(report.code)) return new HoldfastError(report.code, report.params, cause);
  return new HoldfastError('general.unexpected', { problem: `${report.message} (${report.code})` }, cause);
}

/** Whatever a call failed with, as an error with a code and a remedy in both languages. */
export function asOurs(thrown: unknown): HoldfastError {
  if (!(thrown instanceof ORPCError)) return asHoldfastError(thrown);
  const report = errorReport.safeParse(thrown.data);
  if (report.success) return fromReport(report.data);
  const refused = badRequest.safeParse(thrown.data);
  if (thrown.code === 'BAD_REQUEST' && refused.success) {
    const issue = refused.data.issues[0];
    const what = (issue?.path ?? []).map(String).join('.') || THE_REQUEST;
    return new HoldfastError('general.invalid-input', { what, problem: issue?.message ?? DOES_NOT_FIT });
  }
  return new HoldfastError('general.unexpected', { problem: thrown.message }, thrown);
}
