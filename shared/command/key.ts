import type { KeyPurpose } from '../contract/vault.ts';
import { commandLine } from './command.ts';

/** `holdfast key create|import|rotate …`. */
export function keyCommand(
  verb: 'create' | 'import' | 'rotate',
  key: { readonly name: string; readonly file: string; readonly purpose: KeyPurpose },
): string {
  return commandLine([
    'key',
    verb,
    key.name,
    { flag: 'file', value: key.file },
    { flag: 'signing', value: key.purpose === 'signing' },
  ]);
}
