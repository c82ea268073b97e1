import { createInterface } from 'node:readline/promises';
import { withLease } from '../../../main/engine/control/lease.ts';
import { claimDataDirectory } from '../../../main/engine/data-directory.ts';
import { systemClock } from '../../../main/engine/system-clock.ts';
import local from '../../../main/storages/local.ts';
import { reportError } from '../../../shared/errors/error.ts';
import { storageContext } from '../../storages/storage-context.ts';
import { enterAlone } from './alone.ts';

/*
 * A process of a test: node child.ts <what it does> <directory> [more]. It tells what happens by lines of JSON and
 * goes on when a line comes in.
 */
const [role = '', directory = '', more = ''] = process.argv.slice(2);
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { now, randomHex } = storageContext;

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Takes the data directory, announces a host, and keeps it until told to release it. */
async function host(): Promise<void> {
  const claim = await claimDataDirectory(directory, { now, randomHex, hostName: 'here', pid: process.pid });
  await claim.announce({ url: 'http://127.0.0.1:1', tokenFile: '/token', contract: 7 });
  tell({ claimed: claim.id });
  await input.next();
  await claim.release();
  tell('released');
}

/** A workstation of its own, with short leases so that one left by a dead one lapses soon. */
function leaseRequest(hostName: string, patience: number) {
  return {
    directory: 'task_1',
    owner: { hostName, dataDirectory: randomHex(8), claim: randomHex(8) },
    clock: systemClock,
    randomHex,
    duration: 4000,
    patience,
  };
}

/** Takes the lease and keeps it until told to give it back. */
async function hold(): Promise<void> {
  const storage = await local.connect(local.options.parse({ directory }), storageContext);
  await withLease({ ...leaseRequest(more, 0), storage }, async (lease) => {
    tell('held');
    await input.next();
    await lease.confirm();
  });
  tell('released');
}

/** Takes the lease so many times, each time being alone in a place that notices when it is not. */
async function compete(): Promise<void> {
  const storage = await local.connect(local.options.parse({ directory }), storageContext);
  const request = { ...leaseRequest(`ws${process.pid}`, 600_000), storage };
  tell('ready');
  await input.next();
  for (let turn = 0; turn < Number(more); turn++) {
    await withLease(request, async (lease) => {
      await enterAlone(`${directory}/alone`, () => lease.confirm());
    });
    tell({ turn });
  }
}

const roles: Readonly<Record<string, () => Promise<void>>> = { host, hold, compete };

try {
  await roles[role]?.();
} catch (error) {
  const { code, params } = reportError(error);
  tell({ code, params });
}
process.exit();
