import { type Command, Option } from 'commander';
import type { FieldDescription } from '../../../shared/options/describe.ts';
import type { FlagForm, FlagGroups } from './flag-groups.ts';

/** Whether a field's value is read from a file or asked for instead of standing on the command line. */
export function isSecret(field: FieldDescription): boolean {
  return field.meta.secret === true;
}

interface FlagShape {
  /** As commander writes it: `connect-string <value>`. */
  readonly syntax: string;
  readonly form: FlagForm;
  /** What the flag means when it has no value of its own. */
  readonly constant?: string;
}

/** Every flag that can give a field. A secret's plain flag is there only to be refused with advice. */
export function flagShapes(field: FieldDescription): readonly FlagShape[] {
  const { flag } = field;
  const fromFile: FlagShape = { syntax: `${flag}-file <path>`, form: 'file' };
  if (isSecret(field)) {
    return [
      fromFile,
      { syntax: `${flag}-stdin`, form: 'stdin' },
      { syntax: `${flag}-prompt`, form: 'prompt' },
      { syntax: `${flag} [value]`, form: 'value', constant: '' },
    ];
  }
  if (field.meta.widget === 'file-content') return [fromFile];
  if (field.type.kind === 'boolean') {
    return [
      { syntax: flag, form: 'value', constant: 'true' },
      { syntax: `no-${flag}`, form: 'value', constant: 'false' },
    ];
  }
  return [{ syntax: `${flag} <value>`, form: 'value' }];
}

/**
 * Makes a command understand the fields of drivers; what it meets goes into `groups`. Fields of the same name
 * share a flag, so they must be of the same type: a test describes all registered drivers together.
 */
export function addDriverFlags(
  command: Command,
  groups: FlagGroups,
  fields: readonly FieldDescription[],
): void {
  const known = new Set<string>();
  for (const field of fields) {
    if (known.has(field.flag)) continue;
    known.add(field.flag);
    for (const shape of flagShapes(field)) addFlag(command, field.flag, shape, groups.give.bind(groups));
  }
}

/** The same for fields of the command itself: their flags are loose, wherever they stand. */
export function addLooseFlags(
  command: Command,
  groups: FlagGroups,
  fields: readonly FieldDescription[],
): void {
  for (const field of fields)
    for (const shape of flagShapes(field)) addFlag(command, field.flag, shape, groups.giveLoose.bind(groups));
}

/** An option that opens a group: the flags behind it belong to it. */
export function addOpener(command: Command, groups: FlagGroups, syntax: string, description: string): void {
  const option = new Option(syntax, description);
  command.addOption(option);
  command.on(`option:${option.name()}`, (id: string) => groups.open(option.name(), id));
}

function addFlag(command: Command, name: string, shape: FlagShape, give: FlagGroups['give']): void {
  const option = new Option(`--${shape.syntax}`).hideHelp();
  command.addOption(option);
  command.on(`option:${option.name()}`, (value: string | null) =>
    give(name, shape.form, shape.constant ?? value ?? undefined),
  );
}
