import { HoldfastError } from '../../shared/errors/error.ts';

/** Where the operating system keeps secrets of a user: text by account name. */
export interface Keychain {
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
}

const SERVICE = 'Holdfast';

/**
 * The keychain of macOS, the Credential Manager of Windows, a Secret Service on Linux. There the library would
 * fall back to the kernel's keyring, which forgets at the next boot: it is told not to.
 * Errors: `secrets.keychain-unavailable`.
 */
export const systemKeychain: Keychain = {
  get: (account) => withEntry(account, async (entry) => (await entry.getPassword()) ?? undefined),
  set: (account, secret) => withEntry(account, (entry) => entry.setPassword(secret)),
  remove: (account) => withEntry(account, (entry) => entry.deleteCredential().then(() => undefined)),
};

type Entry = import('@napi-rs/keyring').AsyncEntry;

async function withEntry<T>(account: string, use: (entry: Entry) => Promise<T>): Promise<T> {
  try {
    // Loaded when it is needed: it is native code, and absent on some platforms.
    const { AsyncEntry } = await import('@napi-rs/keyring');
    return await use(new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } }));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('secrets.keychain-unavailable', { problem }, error);
  }
}
