import type { z } from 'zod';
import { HoldfastError } from '../../shared/errors/error.ts';
import { describeFields } from '../../shared/options/describe.ts';
import { isSecretRef, secretFields } from '../../shared/options/secrets.ts';
import type { Vault } from './vault.ts';

type Options = { readonly [field: string]: unknown };
type Secrets = Pick<Vault, 'put' | 'get' | 'remove'>;

/** A copy of the options that may be stored: secrets are in the vault, the copy refers to them. */
export async function sealOptions(
  schema: z.ZodObject,
  options: Options,
  vault: Secrets,
): Promise<Record<string, unknown>> {
  const sealed: Record<string, unknown> = { ...options };
  for (const name of secretFields(schema)) {
    const value = options[name];
    if (value === undefined || isSecretRef(value)) continue;
    sealed[name] = await vault.put(typeof value === 'string' ? value : JSON.stringify(value));
  }
  return sealed;
}

/** The options with their secrets, for connecting and nothing else. */
export async function openOptions(
  schema: z.ZodObject,
  stored: Options,
  vault: Secrets,
): Promise<Record<string, unknown>> {
  const opened: Record<string, unknown> = { ...stored };
  for (const { name, type } of describeFields(schema)) {
    const value = stored[name];
    if (!isSecretRef(value)) continue;
    const text = await vault.get(value);
    opened[name] = type.kind === 'text' || type.kind === 'choice' ? text : JSON.parse(text);
  }
  return opened;
}

/**
 * To be called before something is removed whose secrets are to go with it.
 * @throws HoldfastError `secrets.locked` when there are such secrets and the vault is not open
 */
export async function refuseLocked(schema: z.ZodObject, stored: Options, vault: Vault): Promise<void> {
  const hasSecrets = secretFields(schema).some((name) => isSecretRef(stored[name]));
  if (hasSecrets && (await vault.state()) === 'locked') throw new HoldfastError('secrets.locked');
}

/**
 * To be called before several things are kept of which all are or none.
 * @throws HoldfastError `secrets.locked`, `secrets.no-vault` when there are secrets to seal and the vault is not open
 */
export async function refuseUnsealable(
  schema: z.ZodObject,
  options: Options,
  vault: Pick<Vault, 'list'>,
): Promise<void> {
  const isClear = (name: string) => options[name] !== undefined && !isSecretRef(options[name]);
  if (secretFields(schema).some(isClear)) await vault.list();
}

/** Removes the secrets of options that are no longer needed. */
export async function forgetOptions(schema: z.ZodObject, stored: Options, vault: Secrets): Promise<void> {
  for (const name of secretFields(schema)) {
    const value = stored[name];
    if (isSecretRef(value)) await vault.remove(value);
  }
}
