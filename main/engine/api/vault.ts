import type { z } from 'zod';
import type { archiveKey, KeyPurpose, Protector, vaultState } from '../../../shared/contract/contract.ts';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { createKeyFile } from '../../secrets/key-file.ts';
import type { KeyStore, StoredKey } from '../../secrets/keys.ts';
import type { Protector as VaultProtector } from '../../secrets/protector.ts';
import type { EngineContext } from '../context.ts';
import type { Api } from './implement.ts';

export const vault = (engine: EngineContext, api: Api) => ({
  state: api.vault.state.handler(() => stateOf(engine)),
  init: api.vault.init.handler(async ({ input }) => {
    await engine.vault.refuseExisting();
    await ensureKeyFile(input);
    await engine.vault.init(protectorOf(input));
    return changed(engine);
  }),
  unlock: api.vault.unlock.handler(async ({ input }) => {
    await engine.vault.unlock(protectorOf(input));
    return changed(engine);
  }),
  change: api.vault.change.handler(async ({ input }) => {
    const { protector, renewKey } = input;
    // A vault that cannot be changed leaves no key file behind.
    await engine.vault.list();
    await ensureKeyFile(protector);
    await engine.vault.changeProtector(protectorOf(protector), { renewKey });
    return changed(engine);
  }),
});

export const keys = (engine: EngineContext, api: Api) => ({
  list: api.keys.list.handler(async () => [
    ...(await engine.keys.list()).map((key) => shownKey('sealing', key)),
    ...(await engine.signingKeys.list()).map((key) => shownKey('signing', key)),
  ]),
  create: api.keys.create.handler(async ({ input: { name, file, purpose } }) =>
    changedKey(engine, purpose, await storeOf(engine, purpose).create(name, file)),
  ),
  import: api.keys.import.handler(async ({ input: { name, file, purpose } }) =>
    changedKey(engine, purpose, await storeOf(engine, purpose).import(name, file)),
  ),
  rotate: api.keys.rotate.handler(async ({ input: { name, file, purpose } }) =>
    changedKey(engine, purpose, await storeOf(engine, purpose).rotate(name, file)),
  ),
});

function changed(engine: EngineContext): Promise<z.infer<typeof vaultState>> {
  engine.changes.tell({ kind: 'vault' });
  return stateOf(engine);
}

function changedKey(engine: EngineContext, purpose: KeyPurpose, key: StoredKey): z.infer<typeof archiveKey> {
  engine.changes.tell({ kind: 'vault' });
  return shownKey(purpose, key);
}

async function stateOf({ vault: opened }: EngineContext): Promise<z.infer<typeof vaultState>> {
  const state = await opened.state();
  const protection = await opened.protection();
  const named = { absent: 'absent', locked: 'locked', unlocked: 'open' } as const;
  if (protection === undefined) return { state: named[state] };
  return { state: named[state], protector: protection.type === 'keyfile' ? 'key-file' : protection.type };
}

function protectorOf(wish: Protector): VaultProtector {
  switch (wish.kind) {
    case 'keychain':
      return { type: 'keychain' };
    case 'passphrase':
      return { type: 'passphrase', passphrase: wish.passphrase };
    case 'key-file':
      return { type: 'keyfile', file: wish.path };
  }
}

/** A key file that is not there yet is made. */
async function ensureKeyFile(wish: Protector): Promise<void> {
  if (wish.kind !== 'key-file') return;
  try {
    await createKeyFile(wish.path);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'secrets.key-file-exists') throw error;
  }
}

function storeOf({ keys: sealing, signingKeys: signing }: EngineContext, purpose: KeyPurpose): KeyStore {
  return { sealing, signing }[purpose];
}

function shownKey(purpose: KeyPurpose, { id, name, created, state }: StoredKey): z.infer<typeof archiveKey> {
  return { id, purpose, name, created: created.toISOString(), state };
}
