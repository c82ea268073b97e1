import type { Keychain } from '../../main/secrets/keychain.ts';

/** A keychain in memory. */
export class MemoryKeychain implements Keychain {
  readonly entries = new Map<string, string>();

  async get(account: string): Promise<string | undefined> {
    return this.entries.get(account);
  }

  async set(account: string, secret: string): Promise<void> {
    this.entries.set(account, secret);
  }

  async remove(account: string): Promise<void> {
    this.entries.delete(account);
  }
}
