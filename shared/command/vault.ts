import type { Protector } from '../contract/vault.ts';
import { commandLine } from './command.ts';

/** What a vault is protected by, without the secret itself. */
export interface ProtectorForCommand {
  readonly kind: Protector['kind'];
  /** Of a key file. */
  readonly path: string;
}

/** `holdfast vault init|unlock|change …`. A passphrase is asked for at the prompt. */
export function vaultCommand(
  verb: 'init' | 'unlock' | 'change',
  { kind, path }: ProtectorForCommand,
  keepKey = false,
): string {
  return commandLine([
    'vault',
    verb,
    { flag: 'keychain', value: kind === 'keychain' },
    { flag: 'key-file', value: kind === 'key-file' ? path : undefined },
    { flag: 'passphrase-prompt', value: kind === 'passphrase' },
    { flag: 'keep-key', value: keepKey },
  ]);
}
