import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runTool } from '../../servers/tools.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/1.0/', import.meta.url));
const reader = fileURLToPath(new URL('../../fixtures/read_archive.py', import.meta.url));

/** Debian's own Python: the one that its packages of libraries belong to. */
function read(archive: string, ...options: string[]): Promise<string> {
  return runTool('/usr/bin/python3', [reader, archive, ...options]);
}

function expected(name: string): string {
  return readFileSync(join(fixtures, `${name}.expected.ndjson`), 'utf8');
}

const file = (name: string) => join(fixtures, name);

describe('the independent reader, written from the document alone', () => {
  for (const name of ['plain', 'empty', 'signed', 'chain-0']) {
    it(`reads ${name} and finds what was written`, async () => {
      expect(await read(file(`${name}.tar.gz`))).toBe(expected(name));
    });
  }

  it('opens a sealed archive with its key file, and with its passphrase', async () => {
    const archive = file('encrypted.tar.gz');
    expect(await read(archive, '--key', file('encrypted.key'))).toBe(expected('encrypted'));
    expect(await read(archive, '--passphrase', file('encrypted.passphrase'))).toBe(expected('encrypted'));
  });

  it('applies increments to their full archive', async () => {
    const [full, first, second] = [0, 1, 2].map((n) => file(`chain-${n}.tar.gz`)) as [string, string, string];
    expect(await read(first, '--parent', full)).toBe(expected('chain-1'));
    expect(await read(second, '--parent', full, '--parent', first)).toBe(expected('chain-2'));
  });

  it('does not open a sealed archive without a key, and names the damage in a flipped byte', async () => {
    await expect(read(file('encrypted.tar.gz'))).rejects.toThrow(/failed \(4\)/);
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-reader-'));
    try {
      const bytes = await readFile(file('plain.tar.gz'));
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      await writeFile(join(folder, 'damaged.tar.gz'), bytes);
      await expect(read(join(folder, 'damaged.tar.gz'))).rejects.toThrow(/failed \(9\)/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
