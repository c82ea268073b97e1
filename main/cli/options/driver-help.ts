import { environmentName, type FieldDescription } from '../../../shared/options/describe.ts';
import { isSecret } from './driver-flags.ts';

const INDENT = '  ';
const HELP_COLUMN = 34;

/** The part of a command's help that lists what stands behind `--opener driver`, with environment names. */
export function driverHelp(title: string, driver: string, fields: readonly FieldDescription[]): string {
  return [`\n${title}`, ...fields.flatMap((field) => fieldHelp(driver, field))].join('\n');
}

function fieldHelp(driver: string, field: FieldDescription): string[] {
  const flags = usages(field).map((usage) => `${INDENT}${usage}`);
  const last = flags.pop() ?? '';
  const required = field.required ? ' (required)' : '';
  const texts = [
    `${field.meta.label.en}${required}`,
    ...(field.meta.help === undefined ? [] : [field.meta.help.en]),
    `env ${environmentName(driver, field.name)}${limits(field)}`,
  ];
  // A flag that reaches into the column of texts gets a line of its own.
  const fits = last.length < HELP_COLUMN;
  const [first = '', ...others] = texts;
  const gap = ' '.repeat(HELP_COLUMN);
  const head = fits ? [`${last.padEnd(HELP_COLUMN)}${first}`] : [last, gap + first];
  return [...flags, ...head, ...others.map((text) => gap + text)];
}

function usages(field: FieldDescription): string[] {
  const flag = `--${field.flag}`;
  if (isSecret(field)) return [`${flag}-file <path>`, `${flag}-stdin`, `${flag}-prompt`];
  if (field.meta.widget === 'file-content') return [`${flag}-file <path>`];
  switch (field.type.kind) {
    case 'boolean':
      return [field.default === true ? `--no-${field.flag}` : flag];
    case 'integer':
      return [`${flag} <number>`];
    case 'choice':
      return [`${flag} <${field.type.choices.join('|')}>`];
    case 'list':
      return [`${flag} <value>`];
    case 'text':
      return [`${flag} <${field.meta.widget === 'path' ? 'path' : 'text'}>`];
  }
}

function limits(field: FieldDescription): string {
  const parts = [
    ...(field.type.kind === 'list' ? ['can be repeated'] : []),
    ...(field.default === undefined ? [] : [`default ${JSON.stringify(field.default)}`]),
    ...(field.meta.example === undefined ? [] : [`such as ${field.meta.example}`]),
  ];
  return parts.map((part) => `; ${part}`).join('');
}
