import type { z } from 'zod';
import { parseOptions, type RawOptions } from '../../../shared/options/parse.ts';
import { isSecretRef } from '../../../shared/options/secrets.ts';
import { forgetOptions, openOptions, sealOptions } from '../../secrets/options.ts';
import type { Vault } from '../../secrets/vault.ts';

/** What to change, and in what. */
export interface OptionsChange {
  readonly schema: z.ZodObject;
  /** As they are kept: secrets are references. */
  readonly before: RawOptions;
  /** Secrets in the clear; null takes an option away, what is not given stays. */
  readonly wish: RawOptions;
  /** Whose options they are, for messages. */
  readonly what: string;
}

/** A driver's new options, sealed, and how to be rid of the secrets that don't count any more either way. */
export interface ChangedOptions {
  readonly options: Record<string, unknown>;
  readonly replaced: () => Promise<void>;
  readonly undone: () => Promise<void>;
}

/** The options as the change leaves them, secrets in the clear. @throws HoldfastError `general.invalid-input`, `secrets.*` */
export async function mergedOptions(
  { schema, before, wish, what }: OptionsChange,
  vault: Vault,
): Promise<RawOptions> {
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== null));
  return parseOptions(
    schema,
    { ...(await openOptions(schema, without(before, wish), vault)), ...given },
    what,
  );
}

/** Seals the options as the change leaves them; secrets that stay keep their references. */
export async function changeOptions(change: OptionsChange, vault: Vault): Promise<ChangedOptions> {
  const { schema, before, wish } = change;
  const merged = await mergedOptions(change, vault);
  const kept = Object.entries(without(before, wish));
  const references = Object.fromEntries(kept.filter(([, value]) => isSecretRef(value)));
  const options = await sealOptions(schema, { ...merged, ...references }, vault);
  return {
    options,
    replaced: () => forgetOptions(schema, without(before, references), vault),
    undone: () => forgetOptions(schema, without(options, references), vault),
  };
}

function without(options: RawOptions, names: RawOptions): RawOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(names, name)));
}
