import type { link } from 'node:fs/promises';
import type { Storage } from '../../main/storages/contract.ts';
import { Layout } from '../../main/storages/local/layout.ts';
import { LocalStorage } from '../../main/storages/local/storage.ts';
import local from '../../main/storages/local.ts';
import { asHoldfastError } from '../../shared/errors/error.ts';
import { all, collect, stream } from './bytes.ts';
import { CHUNKS, chunkOf } from './marked-object.ts';
import { race } from './race.ts';
import { storageContext } from './storage-context.ts';

/* A process that uses a LocalDir: node local-child.ts <what it does> <directory> [more]. */

const [role = '', directory = '', more = ''] = process.argv.slice(2);

/** Lines can be lost when the process is killed; they are written synchronously so that order holds. */
function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function open(): Promise<Storage> {
  return local.connect(local.options.parse({ directory }), storageContext);
}

async function openWithoutLinks(): Promise<Storage> {
  const layout = await Layout.at(directory, { file: 0o600, directory: 0o700 });
  const refuse: typeof link = async () => {
    throw Object.assign(new Error('no links'), { errno: -1, code: 'EPERM' });
  };
  return new LocalStorage(layout, storageContext, refuse);
}

/** Writes marked objects one after another, new ones and replacements, and tells each chunk, until it is killed. */
async function writeForever(storage: Storage): Promise<void> {
  for (let mark = Number(more); ; mark += 1) {
    const replaced = mark % 2 === 0;
    await storage.write(replaced ? 'same/object' : `new/${mark}`, told(mark), { ifAbsent: !replaced });
    tell('written');
  }
}

async function* told(mark: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < CHUNKS; at += 1) {
    tell('chunk');
    yield chunkOf(mark, at);
  }
}

/** Tries every call as a user without rights and tells the codes. */
async function withoutRights(): Promise<void> {
  process.setgid?.(65_534);
  process.setuid?.(65_534);
  const storage = await open();
  tell({
    write: await codeOf(storage.write('new', stream(Buffer.from('x')))),
    read: await codeOf(collect(storage.read('private/object'))),
    list: await codeOf(all(storage.list(''))),
    remove: await codeOf(storage.remove('object')),
  });
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => asHoldfastError(error).code,
  );
}

async function writeOne(storage: Storage): Promise<void> {
  tell(await codeOf(storage.write('object', stream(Buffer.alloc(Number(more))))));
  tell((await all(storage.list(''))).length);
  tell(await storage.sweep(new Date('2999-01-01')));
}

switch (role) {
  case 'write-forever':
    await writeForever(await open());
    break;
  case 'race':
    tell(await race(await open(), more, () => tell('ready')));
    break;
  case 'race-without-links':
    tell(await race(await openWithoutLinks(), more, () => tell('ready')));
    break;
  case 'without-rights':
    await withoutRights();
    break;
  case 'write-one':
    await writeOne(await open());
    break;
  default:
    throw new Error(`unknown role ${role}`);
}
