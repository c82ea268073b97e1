import { openVault } from '../../main/secrets/vault.ts';
import { asHoldfastError } from '../../shared/errors/error.ts';

/* Protects a vault by the operating system's keychain and opens it again: node keychain-child.ts <directory>. */

const [directory = ''] = process.argv.slice(2);
const open = () => openVault(directory, { now: () => new Date() });

async function useKeychain(): Promise<string> {
  const vault = open();
  await vault.init({ type: 'keychain' });
  const ref = await vault.put('kept by the keychain');
  const again = open();
  await again.unlock({ type: 'keychain' });
  const value = await again.get(ref);
  await again.changeProtector({ type: 'keychain' }, { renewKey: true });
  const renewed = open();
  await renewed.unlock({ type: 'keychain' });
  await renewed.changeProtector({ type: 'passphrase', passphrase: 'from now on this' });
  const locked = await open()
    .unlock({ type: 'keychain' })
    .then(
      () => 'opened',
      (error: unknown) => asHoldfastError(error).code,
    );
  return `${value}; ${locked}`;
}

const outcome = await useKeychain().catch((error: unknown) => asHoldfastError(error).code);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
