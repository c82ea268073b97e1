import type { Protector } from '../../../shared/contract/contract.ts';

export const PROTECTORS = [
  'keychain',
  'passphrase',
  'key-file',
] as const satisfies readonly Protector['kind'][];
export type ProtectorKind = (typeof PROTECTORS)[number];

/** The least length that the host takes for a passphrase. */
const LEAST_PASSPHRASE = 8;

/** A way to protect the vault while it is being typed in. */
export interface ProtectorDraft {
  readonly kind: ProtectorKind;
  readonly passphrase: string;
  /** The same again: a passphrase that was mistyped would lock everybody out. */
  readonly again: string;
  readonly path: string;
}

export function emptyDraft(kind: ProtectorKind): ProtectorDraft {
  return { kind, passphrase: '', again: '', path: '' };
}

/** The protector as the contract takes it; undefined as long as something is lacking. `twice`: it is a new one. */
export function protectorOf(
  { kind, passphrase, again, path }: ProtectorDraft,
  twice: boolean,
): Protector | undefined {
  switch (kind) {
    case 'keychain':
      return { kind };
    case 'key-file':
      return path === '' ? undefined : { kind, path };
    case 'passphrase':
      return passphrase.length < LEAST_PASSPHRASE || (twice && passphrase !== again)
        ? undefined
        : { kind, passphrase };
  }
}
