import { createInterface } from 'node:readline/promises';
import { withLease } from '../../../main/engine/control/lease.ts';
import { findStorageDriver } from '../../../main/storages/registry.ts';
import { storageContext } from '../../storages/storage-context.ts';
import { dieAfter } from '../../support/die-after.ts';
import { fastClock } from './fast-clock.ts';
import { Workstation } from './workstation.ts';

/*
 * A workstation as a process of its own: node engine-child.ts <what it does> <data directory> <task> [more]. It tells
 * what happens by lines of JSON.
 */
const [role = '', dataDirectory = '', task = '', more = '0'] = process.argv.slice(2);
const clock = fastClock(30);
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Runs the task and dies of so many asynchronous operations; 0: never. Tells the state and how many there were. */
async function run(station: Workstation): Promise<void> {
  const operations = dieAfter(Number(more));
  const ended = await station.run(task);
  tell({ state: ended.run.state, operations: operations.count });
}

/** Runs the task so many times when told to go on; tells how the runs ended. */
async function repeat(station: Workstation): Promise<void> {
  tell('ready');
  await input.next();
  const states: string[] = [];
  for (let i = 0; i < Number(more); i++) states.push((await station.run(task)).run.state);
  tell(states);
}

/** Holds the lease of a directory (`task` is the storage as JSON, `more` the directory) until it is killed. */
async function hold(): Promise<void> {
  const { driver: id, options } = JSON.parse(task);
  const driver = findStorageDriver(id);
  const storage = await driver.connect(driver.options.parse(options), storageContext);
  const { randomHex } = storageContext;
  const owner = { hostName: 'elsewhere', dataDirectory: randomHex(8), claim: randomHex(8) };
  await withLease({ storage, directory: more, owner, clock, randomHex }, async () => {
    tell('held');
    await input.next();
  });
}

/** Runs the task as somebody who has no rights. */
async function withoutRights(station: Workstation): Promise<void> {
  const { run: ended } = await station.run(task);
  tell({ state: ended.state, code: ended.error?.code });
}

const roles: Readonly<Record<string, (station: Workstation) => Promise<void>>> = {
  run,
  repeat,
  hold,
  'without-rights': withoutRights,
};

if (role === 'without-rights') {
  process.setgid?.(65_534);
  process.setuid?.(65_534);
}
const station = await Workstation.open({ clock }, dataDirectory);
await roles[role]?.(station);
await station.close();
process.exit();
