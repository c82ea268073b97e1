import { expect, test } from 'vitest';
import { emptyDraft, protectorOf } from '../../../renderer/features/settings/protector-draft.ts';

test('a vault is protected only by what is whole', () => {
  expect(protectorOf(emptyDraft('keychain'), true)).toEqual({ kind: 'keychain' });
  expect(protectorOf(emptyDraft('key-file'), true)).toBeUndefined();
  expect(protectorOf({ ...emptyDraft('key-file'), path: '/k' }, true)).toEqual({
    kind: 'key-file',
    path: '/k',
  });
});

test('a new passphrase is typed twice, a known one once', () => {
  const draft = { ...emptyDraft('passphrase'), passphrase: 'long enough' };
  expect(protectorOf(draft, true)).toBeUndefined();
  expect(protectorOf({ ...draft, again: 'long enougj' }, true)).toBeUndefined();
  expect(protectorOf({ ...draft, again: 'long enough' }, true)).toEqual({
    kind: 'passphrase',
    passphrase: 'long enough',
  });
  expect(protectorOf(draft, false)).toEqual({ kind: 'passphrase', passphrase: 'long enough' });
  expect(protectorOf({ ...draft, passphrase: 'short', again: 'short' }, true)).toBeUndefined();
});
