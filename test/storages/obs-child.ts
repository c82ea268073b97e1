import { setTimeout as delay } from 'node:timers/promises';
import { someBytes } from './bytes.ts';
import { openObs } from './obs-bucket.ts';
import { race } from './race.ts';

/* A process that uses a bucket: node obs-child.ts <what it does> <options as JSON> [more]. */

const [role = '', options = '{}', more = ''] = process.argv.slice(2);

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Three full parts, told one by one, and then silence: the upload stays under way until the process is killed. */
async function* endless(): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < 3; part += 1) {
    yield someBytes(5 * 1024 * 1024, part + 1);
    tell(part);
  }
  await delay(600_000);
}

const storage = await openObs(JSON.parse(options));
switch (role) {
  case 'race':
    tell(await race(storage, more, () => tell('ready')));
    break;
  case 'upload':
    await storage.write(more, endless());
    break;
  default:
    throw new Error(`unknown role ${role}`);
}
