import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { afterAll, describe, expect, it } from 'vitest';
import { createKeyFile, createSeal } from '../../../main/archive/index.ts';
import { CHUNK_LIMIT } from '../../../main/archive/layout/format.ts';
import { ARCHIVE_ID, entry, noise, type Written, write } from '../../unit/archive/support/archives.ts';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'holdfast-tools-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Several parts of several blocks, a blob, an overlay. */
async function sample(sealed: boolean): Promise<Written> {
  const key = createKeyFile((length) => Buffer.alloc(length, 4)).key;
  const seal = sealed ? await createSeal(ARCHIVE_ID, [{ type: 'key', key }]) : undefined;
  return write(
    async (writer) => {
      const blob = await writer.blob(noise(CHUNK_LIMIT + 100_001));
      const blobs = { [blob.name.sha256]: blob.chunks };
      await writer.put({ ...entry(['a'], { value: { ...blob.name } }), blobs });
      for (let i = 0; i < 100; i++) {
        await writer.put(
          entry(['n', String(i).padStart(4, '0')], { v: noise(70_000, i + 1).toString('base64') }),
        );
      }
      await writer.put(entry(['n', '0007'], { v: 'new' }), 1);
    },
    seal === undefined ? {} : { seal },
  );
}

const archives = [
  { what: 'plain', file: join(folder, 'plain.tar.gz'), written: await sample(false) },
  { what: 'encrypted', file: join(folder, 'encrypted.tar.gz'), written: await sample(true) },
];
for (const { file, written } of archives) await writeFile(file, written.bytes);

const PYTHON = `
import sys, tarfile
with tarfile.open(sys.argv[1], sys.argv[2]) as archive:
    archive.extractall(sys.argv[3])
`;

/** Each tool's way to unpack a file into a folder; it must fail by itself on anything that it finds wrong. */
const tools: readonly { tool: string; unpack: (file: string, into: string) => Promise<unknown> }[] = [
  { tool: 'GNU tar', unpack: (file, into) => run('tar', ['xzf', file, '-C', into]) },
  { tool: 'bsdtar', unpack: (file, into) => run('bsdtar', ['xzf', file, '-C', into]) },
  { tool: 'Python r:gz', unpack: (file, into) => run('python3', ['-c', PYTHON, file, 'r:gz', into]) },
  { tool: 'Python r|gz', unpack: (file, into) => run('python3', ['-c', PYTHON, file, 'r|gz', into]) },
  { tool: 'busybox tar', unpack: (file, into) => run('busybox', ['tar', 'xzf', file, '-C', into]) },
  { tool: 'node tar', unpack: (file, into) => extract({ file, cwd: into, strict: true }) },
  {
    tool: '7-Zip',
    unpack: async (file, into) => {
      const name = (await run('sh', ['-c', 'command -v 7z || command -v 7zz'])).stdout.trim();
      await run(name, ['x', '-y', `-o${into}.7z`, file]);
      const [inner = ''] = await readdir(`${into}.7z`);
      await run(name, ['x', '-y', `-o${into}`, join(`${into}.7z`, inner)]);
    },
  },
  {
    tool: 'Java GZIPInputStream',
    unpack: async (file, into) => {
      const program = join(import.meta.dirname, 'Unpack.java');
      const tar = await run('java', [program, file], { encoding: 'buffer', maxBuffer: 2 ** 30 });
      await writeFile(`${into}.tar`, tar.stdout);
      await run('tar', ['xf', `${into}.tar`, '-C', into]);
    },
  },
];

/** Every file below a folder with the hash of its content. */
async function contentsOf(directory: string): Promise<Map<string, string>> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const found = new Map<string, string>();
  for (const file of files.filter((candidate) => candidate.isFile())) {
    const path = join(file.parentPath, file.name);
    found.set(path.slice(directory.length + 1), hash('sha256', await readFile(path), 'hex'));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe.each(archives)('an archive that is $what', async ({ what, file, written }) => {
  const reference = join(folder, `${what}-reference`);
  await run('mkdir', [reference]);
  await run('sh', ['-c', `gzip -dc "${file}" | tar xf - -C "${reference}"`]);
  const expected = await contentsOf(reference);

  it('has the parts that its manifest counts, and a readable manifest', async () => {
    const manifest = JSON.parse(await readFile(join(reference, 'manifest.json'), 'utf8'));
    expect(manifest.id).toBe(written.manifest.id);
    // Data, pages, root: numbered before the manifest, which is the last.
    expect(expected.size).toBe(written.manifest.root.part + 2);
    const records = await readdir(join(reference, 'records'));
    expect(records.length).toBeGreaterThan(2);
  });

  it.each(tools)('$tool unpacks to the same files', async ({ unpack }) => {
    const into = await mkdtemp(join(folder, 'unpacked-'));
    await unpack(file, into);
    expect(await contentsOf(into)).toEqual(expected);
  });

  it('lists the same names in GNU tar and bsdtar, and passes gzip -t and pigz -t', async () => {
    const [gnu, bsd] = await Promise.all([run('tar', ['tzf', file]), run('bsdtar', ['tzf', file])]);
    expect(gnu.stdout.trim().split('\n').toSorted()).toEqual([...expected.keys()].toSorted());
    expect(bsd.stdout).toBe(gnu.stdout);
    await run('gzip', ['-t', file]);
    await run('pigz', ['-t', file]);
  });
});
