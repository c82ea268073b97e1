import { resolve } from 'node:path';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { environmentName, type FieldDescription } from '../../../shared/options/describe.ts';
import type { Output } from '../output/output.ts';
import type { World } from '../world.ts';
import { isSecret } from './driver-flags.ts';
import type { FlagGroup, GivenFlag } from './flag-groups.ts';
import type { SecretReader } from './read-secret.ts';

/** Values for a driver, before its schema has seen them. */
export type RawOptions = Record<string, unknown>;

export interface RawOptionsContext {
  readonly world: World;
  readonly secrets: SecretReader;
  readonly output: Output;
}

/**
 * Values for the fields of one driver: from its flags, else from the environment. A secret that is required, or
 * that another field's value calls for, is asked for when it is still missing. Which values are right is left to the engine.
 * @throws HoldfastError `cli.secret-in-argument`, `cli.no-terminal`
 */
export async function rawOptions(
  context: RawOptionsContext,
  driver: string,
  fields: readonly FieldDescription[],
  group: FlagGroup,
): Promise<RawOptions> {
  const raw: RawOptions = {};
  for (const field of fields) {
    const given = group.flags.get(field.flag);
    const value = isSecret(field)
      ? await secretValue(context, driver, field, given, needs(field, raw))
      : await plainValue(context.world, driver, field, given);
    if (value !== undefined) raw[field.name] = value;
  }
  return raw;
}

/**
 * Refuses flags that stand in a group but belong neither to its fields nor to `others`.
 * @throws HoldfastError `general.invalid-input` naming the first of them
 */
export function refuseStrayFlags(
  group: FlagGroup,
  fields: readonly FieldDescription[],
  others: readonly string[] = [],
): void {
  const known = new Set([...others, ...fields.map((field) => field.flag)]);
  const stray = [...group.flags.keys()].find((flag) => !known.has(flag));
  if (stray === undefined) return;
  const place =
    group.opener === '' ? 'it stands in front of what it belongs to' : `${group.id} has no such option`;
  throw new HoldfastError('general.invalid-input', { what: `--${stray}`, problem: place });
}

async function secretValue(
  { world, secrets, output }: RawOptionsContext,
  driver: string,
  field: FieldDescription,
  given: GivenFlag | undefined,
  need: Need,
): Promise<string | undefined> {
  const question = {
    what: output.words(field.meta.label),
    flag: `--${field.flag}`,
    variable: environmentName(driver, field.name),
  };
  const value = await secrets.read(question, given);
  if (value !== undefined || need === 'none') return value;
  return need === 'must' || world.interactive ? secrets.ask(question) : undefined;
}

/** Whether a secret that was not given has to be asked for, or only where a person can answer. */
type Need = 'must' | 'may' | 'none';

function needs(field: FieldDescription, before: RawOptions): Need {
  if (field.required) return 'must';
  // Nobody types the content of a file.
  const { visibleWhen, widget } = field.meta;
  if (visibleWhen === undefined || widget === 'file-content') return 'none';
  const deciding = String(before[visibleWhen.field]);
  return visibleWhen.oneOf.some((value) => String(value) === deciding) ? 'may' : 'none';
}

async function plainValue(
  world: World,
  driver: string,
  field: FieldDescription,
  given: GivenFlag | undefined,
): Promise<unknown> {
  if (given === undefined) return world.env[environmentName(driver, field.name)];
  if (field.type.kind === 'list') return given.values;
  const value = given.values.at(-1) ?? '';
  if (given.form === 'file') return world.readFile(value);
  return field.meta.widget === 'path' ? resolve(world.cwd, value) : value;
}
