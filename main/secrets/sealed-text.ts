import { HoldfastError } from '../../shared/errors/error.ts';
import { detail } from '../../shared/messages/details.ts';
import { newKey, openBox, sealBox } from './cipher.ts';
import {
  unwrapByPassphrase,
  type WrappedByPassphrase,
  wrapByPassphrase,
  wrappedByPassphrase,
} from './protector.ts';

/** A text under a passphrase, as the vault's own secrets are kept. */
export interface SealedText {
  readonly key: WrappedByPassphrase;
  readonly text: string;
}

/** `bound` is what the text belongs to: it opens nowhere else. @throws HoldfastError `secrets.weak-passphrase` */
export async function sealText(text: string, passphrase: string, bound: string): Promise<SealedText> {
  const key = newKey();
  return {
    key: await wrapByPassphrase(key, passphrase, bound),
    text: sealBox(key, Buffer.from(text), bound),
  };
}

/**
 * @param sealed as it was found: anybody may have written it.
 * @throws HoldfastError `secrets.wrong-passphrase`, `general.invalid-input` when it is no sealed text
 */
export async function openText(
  sealed: { readonly key: unknown; readonly text: string },
  passphrase: string,
  bound: string,
): Promise<string> {
  const stored = wrappedByPassphrase.safeParse(sealed.key);
  if (!stored.success) throw damaged();
  const key = await unwrapByPassphrase(stored.data, passphrase, bound);
  const text = openBox(key, sealed.text, bound);
  if (text === undefined) throw damaged();
  return text.toString('utf8');
}

function damaged(): HoldfastError {
  return new HoldfastError('general.invalid-input', {
    what: detail('sealed-secrets'),
    problem: detail('sealed-damaged'),
  });
}
