import { ORPCError } from '@orpc/server';
import { z } from 'zod';
import { type ErrorReport, HoldfastError, reportError } from '../../../shared/errors/error.ts';
import { ERROR_TABLE, isErrorCode } from '../../../shared/errors/table.ts';
import { detail } from '../../../shared/messages/details.ts';
import { errorReport } from '../../../shared/model/run.ts';
import { statusOf } from '../web/refusal.ts';

/** What zod found wrong with an input before the engine saw it. */
const badRequest = z.object({
  issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional() })).min(1),
});

/** The body of every answer that is an error: a row of the error table, with what to do about it. */
export const errorBody = z.object({ error: errorReport });

/** An error as REST answers it: with a status that fits, and its report as data. */
export function asRestError(thrown: unknown): ORPCError<string, ErrorReport> {
  const report = reportOf(thrown);
  return new ORPCError(report.code, { status: statusOf(report), message: report.message, data: report });
}

/** The body of such an error. */
export function encodeError(error: ORPCError<string, unknown>): { readonly error: ErrorReport } {
  return { error: reportOf(error) };
}

function reportOf(thrown: unknown): ErrorReport {
  if (!(thrown instanceof ORPCError)) return reportError(thrown);
  const parsed = errorReport.safeParse(thrown.data);
  if (parsed.success && isErrorCode(parsed.data.code)) {
    const { code } = parsed.data;
    return { ...parsed.data, code, category: ERROR_TABLE[code].category };
  }
  const refused = badRequest.safeParse(thrown.data);
  const issue = refused.success ? refused.data.issues[0] : undefined;
  if (thrown.code === 'BAD_REQUEST') {
    const what = (issue?.path ?? []).map(String).join('.') || detail('the-request');
    return reportError(
      new HoldfastError('general.invalid-input', { what, problem: issue?.message ?? detail('does-not-fit') }),
    );
  }
  return reportError(thrown);
}
