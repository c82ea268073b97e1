import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usingFile } from '../../../main/engine/points/file-bytes.ts';
import { temporaryFolder } from '../catalog/temporary.ts';

const TEXT = Buffer.from('0123456789'.repeat(50_000));

async function someFile(): Promise<string> {
  const path = join(temporaryFolder(), 'file');
  await writeFile(path, TEXT);
  return path;
}

describe('a file of this machine', () => {
  it('is read as a whole and in ranges from the same file, even when another takes its name', async () => {
    const path = await someFile();
    await usingFile(path, async (file) => {
      await writeFile(`${path}.new`, 'another');
      await rename(`${path}.new`, path);
      const chunks: Uint8Array[] = [];
      for await (const chunk of file.whole()) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(TEXT)).toBe(true);
      expect(Buffer.from(await file.read(3, 4)).toString()).toBe('3456');
    });
  });

  it('is not read on after an abort', async () => {
    await usingFile(await someFile(), async (file) => {
      await expect(file.read(0, 4, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
      const abort = new AbortController();
      const read = async () => {
        let size = 0;
        for await (const chunk of file.whole(abort.signal)) {
          size += chunk.length;
          abort.abort();
        }
        return size;
      };
      await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  it('stays usable when the reader of the whole leaves early', async () => {
    await usingFile(await someFile(), async (file) => {
      for await (const _ of file.whole()) break;
      expect(Buffer.from(await file.read(0, 2)).toString()).toBe('01');
    });
  });

  it('says what kept it from being opened', async () => {
    const folder = temporaryFolder();
    const work = async () => {};
    await expect(usingFile(join(folder, 'none'), work)).rejects.toMatchObject({ code: 'storage.missing' });
    await writeFile(join(folder, 'f'), '');
    await expect(usingFile(join(folder, 'f', 'below'), work)).rejects.toMatchObject({
      code: 'storage.bad-path',
    });
    await expect(usingFile(folder, (file) => file.read(0, 1))).rejects.toMatchObject({
      code: 'storage.bad-path',
    });
  });
});
