import { EXIT_CODES } from '../../shared/errors/category.ts';
import { ERROR_TABLE, type ErrorCode } from '../../shared/errors/table.ts';

/** `docs/errors.md`: the error table as people read it. */
export function errorPage(): string {
  const codes = (Object.keys(ERROR_TABLE) as ErrorCode[]).toSorted();
  const rows = codes.map((code) => {
    const { category, retryable, message, remedy } = ERROR_TABLE[code];
    const cells = [`\`${code}\``, category, retryable ? 'yes' : '', cell(message.en), cell(remedy.en)];
    return `| ${cells.join(' | ')} |`;
  });
  const exits = Object.entries(EXIT_CODES).map(([category, code]) => `| ${category} | ${code} |`);
  return [
    '# Errors',
    '',
    'Written by `npm run docs` from the error table in `shared/errors`. Every failure of a command names one of these codes, says what to do, and exits with the code of its category.',
    '',
    '| category | exit code |',
    '|---|---|',
    '| (success) | 0 |',
    '| (differences found by `diff`) | 1 |',
    ...exits,
    '| (a run that ended incomplete) | 12 |',
    '',
    '| code | category | try again | what happened | what to do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
