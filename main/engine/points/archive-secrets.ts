import type { Manifest, Recipient } from '../../../shared/model/manifest.ts';
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

/**
 * What was given; else of the vault's keys those that the archive names, and the passphrases of its task. A plain
 * archive asks for nothing.
 */
export async function secretsFor(
  context: EngineContext,
  manifest: Manifest,
  opening: Opening | undefined,
): Promise<readonly ArchiveSecret[]> {
  const given = givenSecrets(opening);
  if (manifest.encryption === null || given.length > 0) return given;
  if ((await context.vault.state()) === 'absent') return [];
  const { recipients } = manifest.encryption;
  return [
    ...(await vaultKeys(context, recipients)),
    ...(await vaultPassphrases(context, manifest, recipients)),
  ];
}

async function vaultKeys(context: EngineContext, recipients: readonly Recipient[]): Promise<ArchiveSecret[]> {
  const wanted = new Set(recipients.flatMap((entry) => (entry.type === 'key' ? [entry.key] : [])));
  const known = (await context.keys.list()).filter((key) => wanted.has(key.id));
  return Promise.all(
    known.map(
      async (key): Promise<ArchiveSecret> => ({ type: 'key', key: await context.keys.secret(key.id) }),
    ),
  );
}

async function vaultPassphrases(
  { passphrases }: EngineContext,
  { task, source }: Manifest,
  recipients: readonly Recipient[],
): Promise<ArchiveSecret[]> {
  if (task === null || !recipients.some(({ type }) => type === 'passphrase')) return [];
  const known = await passphrases.all(task.id, source.service);
  return known.map((passphrase) => ({ type: 'passphrase', passphrase }));
}
