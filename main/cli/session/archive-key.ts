import type { KeyPurpose } from '../../../shared/contract/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { NOUNS } from '../../../shared/messages/words.ts';
import { signerKey } from '../../../shared/model/signer.ts';
import type { Client } from './client.ts';

/**
 * The id of a key that is named: of the active one of several with that name.
 * @throws HoldfastError `cli.unknown-id` when there is none
 */
export async function resolveKey(client: Client, purpose: KeyPurpose, name: string): Promise<string> {
  const keys = (await client.keys.list({})).filter((key) => key.purpose === purpose);
  const found =
    keys.find((key) => key.name === name && key.state === 'active') ?? keys.find((key) => key.id === name);
  if (found !== undefined) return found.id;
  throw new HoldfastError('cli.unknown-id', { kind: 'key', noun: NOUNS.key, id: name });
}

/**
 * The public keys that a person means: one itself, or all that a signing key of the vault has had under its name.
 * @throws HoldfastError `cli.unknown-id` when there is none
 */
export async function resolveSigners(client: () => Promise<Client>, text: string): Promise<string[]> {
  const given = signerKey.safeParse(text.toLowerCase());
  if (given.success) return [given.data];
  const keys = await (await client()).keys.list({});
  const named = keys.filter(({ purpose, name }) => purpose === 'signing' && name === text);
  if (named.length === 0)
    throw new HoldfastError('cli.unknown-id', { kind: 'key', noun: NOUNS.key, id: text });
  return named.map(({ id }) => id);
}
