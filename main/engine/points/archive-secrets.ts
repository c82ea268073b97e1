import type { Manifest } from '../../../shared/model/manifest.ts';
import type { Opening } from '../../../shared/model/target.ts';
import { type ArchiveSecret, parseKeyFile } from '../../archive/index.ts';
import type { EngineContext } from '../context.ts';

/** The secrets that a person gave for opening an archive. */
export function givenSecrets(opening: Opening | undefined): ArchiveSecret[] {
  const secrets: ArchiveSecret[] = (opening?.keys ?? []).map((text) => ({
    type: 'key',
    key: parseKeyFile(text),
  }));
  if (opening?.passphrase !== undefined) secrets.push({ type: 'passphrase', passphrase: opening.passphrase });
  return secrets;
}

/** What was given; else of the vault's keys those that the archive names. A plain archive asks for nothing. */
export async function secretsFor(
  context: EngineContext,
  { encryption }: Manifest,
  opening: Opening | undefined,
): Promise<readonly ArchiveSecret[]> {
  const given = givenSecrets(opening);
  return encryption === null || given.length > 0 ? given : vaultSecrets(context, encryption);
}

async function vaultSecrets(
  context: EngineContext,
  encryption: NonNullable<Manifest['encryption']>,
): Promise<ArchiveSecret[]> {
  if ((await context.vault.state()) === 'absent') return [];
  const wanted = new Set(encryption.recipients.flatMap((entry) => (entry.type === 'key' ? [entry.key] : [])));
  const known = (await context.keys.list()).filter((key) => wanted.has(key.id));
  return Promise.all(
    known.map(
      async (key): Promise<ArchiveSecret> => ({ type: 'key', key: await context.keys.secret(key.id) }),
    ),
  );
}
