import { openVault } from '../../main/secrets/vault.ts';

/* A process that changes a vault: node vault-child.ts <directory> <key file> <prefix> <count>. */

const [directory = '', file = '', prefix = '', count = ''] = process.argv.slice(2);
const tell = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);

const vault = openVault(directory, { now: () => new Date() });
await vault.unlock({ type: 'keyfile', file });
tell('unlocked');
for (let at = 0; at < Number(count); at += 1) {
  await vault.put(`value ${prefix}${at}`, `${prefix}${at}`);
  tell(`${prefix}${at}`);
  if (at % 3 === 2) {
    await vault.remove({ secret: `${prefix}${at - 1}` });
    tell(`-${prefix}${at - 1}`);
  }
}
