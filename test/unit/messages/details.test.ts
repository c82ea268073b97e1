import { expect, it } from 'vitest';
import { explainError, HoldfastError, reportError } from '../../../shared/errors/error.ts';
import { DAMAGE, DAMAGE_AREAS } from '../../../shared/messages/damage.ts';
import { DETAILS, detail } from '../../../shared/messages/details.ts';
import { errorReport } from '../../../shared/model/run.ts';
import { faultsOf, sourceText } from './written.ts';

it.each(Object.entries({ ...DETAILS, ...DAMAGE, ...DAMAGE_AREAS }))(
  '%s says the same in both languages',
  (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  },
);

it('all details are named somewhere', () => {
  const written = sourceText('main');
  expect(Object.keys(DETAILS).filter((code) => !written.includes(`detail('${code}'`))).toEqual([]);
});

it('an error tells its detail in the language that it is told in, also after it crossed the wire', () => {
  const problem = detail('line-count', { found: 3, due: 4 });
  const error = new HoldfastError('archive.lines-invalid', { part: 7, keys: '/a', problem });
  expect(error.message).toContain('there are 3 lines where 4 are due');
  expect(explainError(error).message.zh).toContain('有 3 行，应为 4 行');
  const report = errorReport.parse(JSON.parse(JSON.stringify(reportError(error, 'zh'))));
  expect(report.message).toContain('有 3 行，应为 4 行');
  expect(report.params.problem).toEqual(problem);
});
