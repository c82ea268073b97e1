import { expect, it } from 'vitest';
import { z } from 'zod';
import { explainError, HoldfastError, reportError } from '../../../shared/errors/error.ts';
import { DAMAGE, DAMAGE_AREAS } from '../../../shared/messages/damage.ts';
import { DETAILS, detail } from '../../../shared/messages/details.ts';
import { SCHEMA_MESSAGES } from '../../../shared/messages/schema-messages.ts';
import { errorReport } from '../../../shared/model/run.ts';
import { field } from '../../../shared/options/field.ts';
import { parseOptions } from '../../../shared/options/parse.ts';
import { faultsOf, sourceText } from './written.ts';

it.each(Object.entries({ ...DETAILS, ...DAMAGE, ...DAMAGE_AREAS }))(
  '%s says the same in both languages',
  (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  },
);

it('all details are named somewhere', () => {
  const written = sourceText('main') + sourceText('shared/options');
  expect(Object.keys(DETAILS).filter((code) => !written.includes(`'${code}'`))).toEqual([]);
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

it('what schemas say of values is there in both languages', () => {
  const schemas = sourceText('main') + sourceText('shared/model') + sourceText('shared/contract');
  for (const [english, chinese] of Object.entries(SCHEMA_MESSAGES)) {
    expect(faultsOf({ en: english, zh: chinese })).toEqual([]);
    expect(schemas).toContain(`'${english}'`);
  }
});

it.each([
  ['a check of zod’s own', { port: '0' }, /^Lab: port无效：.*>=1/],
  ['a check of ours', { path: 'a' }, /^Lab: path无效：必须为绝对路径$/],
  ['a field that is not there', { name: 'x' }, /^Lab: name无效：没有这个选项$/],
  ['no whole number', { port: 'x' }, /^Lab: port无效：必须为整数$/],
])('an option that does not fit is told in Chinese: %s', (_, raw, expected) => {
  const schema = z.object({
    port: field(z.int().min(1).default(1), { label: { en: 'Port', zh: '端口' } }),
    path: field(z.string().startsWith('/', 'an absolute path is needed').default('/'), {
      label: { en: 'Path', zh: '路径' },
    }),
  });
  let thrown: unknown;
  try {
    parseOptions(schema, raw, 'Lab');
  } catch (error) {
    thrown = error;
  }
  expect(explainError(thrown).message.zh).toMatch(expected);
  expect(explainError(thrown).message.en).not.toMatch(/\p{Script=Han}/u);
});
