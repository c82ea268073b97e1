import type { Text } from '../../../shared/errors/text.ts';
import type { CheckResult } from '../../../shared/model/preflight.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { Output } from './output.ts';

const RESULTS: { readonly [result in CheckResult['result']]: Text } = {
  passed: { en: 'passed ', zh: '通过' },
  warning: { en: 'warning', zh: '警告' },
  failed: { en: 'FAILED ', zh: '失败' },
  unknown: { en: 'unknown', zh: '未知' },
};

/** One check, for a person: result, what was looked at, what was found, and what to do. */
export function checkText(check: CheckResult, output: Output): string {
  const { language } = output.options;
  const finding = printable(check.finding[language]);
  const head = `${output.words(RESULTS[check.result])}  ${printable(check.subject)}: ${finding}`;
  const remedy = check.remedy === undefined ? '' : `         ${printable(check.remedy[language])}\n`;
  return `${head}  [${printable(check.check)}]\n${remedy}`;
}

/** Shows checks as they come in and gives them all. */
export async function showChecks(checks: AsyncIterable<CheckResult>, output: Output): Promise<CheckResult[]> {
  const all: CheckResult[] = [];
  for await (const check of checks) {
    all.push(check);
    await output.result(check, () => checkText(check, output));
  }
  return all;
}
