import type { Task, TaskSource } from '../../../shared/model/task.ts';
import type { ArchiveSecret, Signer } from '../../archive/index.ts';
import type { KeyStore } from '../../secrets/keys.ts';
import type { EngineContext } from '../context.ts';

/** What an archive is sealed with, each secret a way to open it, and who signs it. */
export interface Protection {
  /** None: it is not sealed. */
  readonly secrets: readonly ArchiveSecret[];
  readonly signer?: Signer & { readonly publicKey: string };
}

/** How to protect an archive, as somebody asks for it. */
export interface ProtectionWish {
  /** Id of an archive key. */
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
  /** Public key of a signing key. */
  readonly signer?: string | undefined;
}

/**
 * Takes what a wish names out of the vault. A key is named once; after a rotation the one that took its place counts.
 * @throws HoldfastError `secrets.key-unknown`, `secrets.locked`, `secrets.no-vault`
 */
export async function protectionOf(
  { keys, signingKeys }: EngineContext,
  { key, passphrase, signer }: ProtectionWish,
): Promise<Protection> {
  const secrets: ArchiveSecret[] = [];
  if (key !== undefined) secrets.push({ type: 'key', key: await keys.secret(await activeId(keys, key)) });
  if (passphrase !== undefined) secrets.push({ type: 'passphrase', passphrase });
  if (signer === undefined) return { secrets };
  const publicKey = await activeId(signingKeys, signer);
  return { secrets, signer: { publicKey, privateKey: await signingKeys.secret(publicKey) } };
}

/** What a task's source asks for. @throws HoldfastError `secrets.passphrase-unknown` and those of {@link protectionOf} */
export async function taskProtection(
  context: EngineContext,
  task: Task,
  { service, key, signer, passphrase }: TaskSource,
): Promise<Protection> {
  return protectionOf(context, {
    key,
    signer,
    ...(passphrase === true && { passphrase: await context.passphrases.current(task.id, service) }),
  });
}

async function activeId(keys: KeyStore, named: string): Promise<string> {
  const known = (await keys.list()).find((key) => key.id === named);
  return known === undefined ? named : (await keys.active(known.name)).id;
}
