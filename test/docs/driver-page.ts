import type { z } from 'zod';
import type { SourceDriver } from '../../main/sources/contract.ts';
import type { StorageDriver } from '../../main/storages/contract.ts';
import { describeFields, environmentName, type FieldDescription } from '../../shared/options/describe.ts';

/** `docs/drivers/<id>.md` of a source. */
export function sourcePage(driver: SourceDriver): string {
  const kinds = driver.kinds.map((kind) => {
    const remark = [kind.remark?.en ?? '', kind.sensitive === true ? 'Holds secrets of the cluster.' : ''];
    return `| \`${kind.kind}\` | ${kind.label.en} | ${kind.fidelity} | ${remark.join(' ').trim()} |`;
  });
  return page(driver.id, driver.label.en, driver.summary.en, [
    '## What it captures',
    '',
    '| kind | | comes back | remark |',
    '|---|---|---|---|',
    ...kinds,
    '',
    ...accountSection(driver.account.en),
    ...identitySection(driver),
    ...fieldTable('How to reach the service', driver.id, driver.options),
    ...fieldTable('What to capture', driver.id, driver.selection),
  ]);
}

/** `docs/drivers/<id>.md` of a storage. */
export function storagePage(driver: StorageDriver): string {
  return page(driver.id, driver.label.en, driver.summary.en, [
    ...accountSection(driver.account.en),
    ...fieldTable('Options', driver.id, driver.options),
  ]);
}

function accountSection(account: string): string[] {
  return ['## The account it needs', '', account, ''];
}

function identitySection({ identity }: SourceDriver): string[] {
  if (identity === undefined) return [];
  const use =
    'Backups and restores refuse a service that is another than the one backed up before, until it is accepted with `holdfast cluster set NAME --accept-identity`.';
  return ['## How it is known again', '', use, '', identity.about.en, ''];
}

function page(id: string, label: string, summary: string, body: readonly string[]): string {
  const source = `Written by \`npm run docs\` from the definition of the driver \`${id}\`.`;
  return [`# ${label}`, '', summary, '', ...body, source, ''].join('\n');
}

function fieldTable(title: string, driver: string, schema: z.ZodObject): string[] {
  const rows = describeFields(schema).map((field) => fieldRow(driver, field));
  return [`## ${title}`, '', '| flag | environment | default | |', '|---|---|---|---|', ...rows, ''];
}

function fieldRow(driver: string, field: FieldDescription): string {
  const { meta } = field;
  const notes = [
    `**${meta.label.en}**`,
    meta.help?.en,
    meta.example === undefined ? undefined : `Example: \`${meta.example}\`.`,
    meta.secret === true
      ? 'Secret: from a file, standard input, a prompt or the environment, never as a value.'
      : undefined,
    meta.visibleWhen === undefined
      ? undefined
      : `Only with \`${meta.visibleWhen.field}\` = ${meta.visibleWhen.oneOf.map((value) => `\`${value}\``).join(' or ')}.`,
  ].filter((note) => note !== undefined);
  const cells = [
    `\`${flagOf(field)}\``,
    `\`${environmentName(driver, field.name)}\``,
    field.required ? 'required' : defaultText(field.default),
    notes.join(' ').replaceAll('|', '\\|').replaceAll('\n', ' '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function flagOf(field: FieldDescription): string {
  if (field.meta.secret === true || field.meta.widget === 'file-content') return `--${field.flag}-file`;
  return `--${field.flag}`;
}

function defaultText(value: FieldDescription['default']): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${Array.isArray(value) ? value.join(',') : String(value)}\``;
}
