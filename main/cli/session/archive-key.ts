import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Client } from './client.ts';

/**
 * The id of an archive key that is named: of the active one of several with that name.
 * @throws HoldfastError `general.invalid-input` when there is none
 */
export async function resolveArchiveKey(client: Client, name: string): Promise<string> {
  const keys = await client.keys.list({});
  const found =
    keys.find((key) => key.name === name && key.state === 'active') ?? keys.find((key) => key.id === name);
  if (found !== undefined) return found.id;
  throw new HoldfastError('cli.unknown-id', { kind: 'key', id: name });
}
