import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targetOfBinary } from '../../../main/desktop/package/engine/binary-target.ts';
import { isWantedAtRunTime } from '../../../main/desktop/package/engine/slim.ts';
import { FUSES, readFuses } from '../../../main/desktop/package/fuse-wire.ts';
import { icnsOf, icoOf } from '../../../main/desktop/package/icons/containers.ts';
import { targetOf } from '../../../main/desktop/package/target.ts';
import { workFolder } from '../../servers/processes.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const RESOURCES = join(ROOT, 'main', 'desktop', 'package', 'resources');
const folder = workFolder('package-files');

async function fileOf(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('a program tells by its header what it runs on', () => {
  const prebuilds = join(ROOT, 'node_modules', 'better-sqlite3', 'prebuilds');

  it.each([
    ['linux-x64', { platform: 'linux', arch: 'x64' }],
    ['linux-arm64', { platform: 'linux', arch: 'arm64' }],
    ['darwin-x64', { platform: 'darwin', arch: 'x64' }],
    ['darwin-arm64', { platform: 'darwin', arch: 'arm64' }],
    ['win32-x64', { platform: 'win32', arch: 'x64' }],
    ['win32-arm64', { platform: 'win32', arch: 'arm64' }],
  ])('%s', async (name, target) => {
    expect(await targetOfBinary(join(prebuilds, `${name}.node`))).toEqual(target);
  });

  it('and what is none tells nothing', async () => {
    expect(await targetOfBinary(join(ROOT, 'LICENSE'))).toBeUndefined();
    expect(await targetOfBinary(await fileOf('empty', Buffer.alloc(0)))).toBeUndefined();
    const cut = Buffer.alloc(64);
    cut.write('MZ');
    cut.writeUInt32LE(0xfffffff0, 0x3c);
    expect(await targetOfBinary(await fileOf('cut', cut))).toBeUndefined();
  });

  it('no package is made for other systems', () => {
    expect(targetOf('darwin', 'arm64')).toEqual({ platform: 'darwin', arch: 'arm64' });
    expect(() => targetOf('freebsd', 'x64')).toThrow('freebsd-x64');
    expect(() => targetOf('linux', 'riscv64')).toThrow('linux-riscv64');
  });
});

it.each([
  ['pino', 'lib/tools.js', true],
  ['pino', 'package.json', true],
  ['pino', 'docs/api.md', false],
  ['pino', 'test/basic.test.js', false],
  ['pino', 'LICENSE.md', true],
  ['ajv', 'dist/compile/test/index.js', true],
  ['ajv', 'dist/ajv.js.map', false],
  ['ajv', 'dist/ajv.d.ts', false],
  ['better-sqlite3', 'deps/sqlite3/sqlite3.c', false],
  ['better-sqlite3', 'build/config.js', false],
  ['conf', 'build/index.js', true],
  ['@smithy/core', 'dist-es/index.js', false],
  ['@smithy/core', 'dist-cjs/index.js', true],
  ['zod', 'v4/core/docs.js', true],
])('of %s is %s shipped: %s', (name, path, wanted) => {
  expect(isWantedAtRunTime(name, path)).toBe(wanted);
});

describe('the fuses of a program', () => {
  const program = (wire: string, version = 1) =>
    Buffer.concat([
      Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
      Buffer.from([version, wire.length]),
      Buffer.from(`${wire}after`, 'latin1'),
    ]);

  it('are read by name, as far as it has them', async () => {
    const { fuses, unknown } = await readFuses(await fileOf('fuses', program('0110r')));
    expect([...fuses]).toEqual([
      ['runAsNode', false],
      ['enableCookieEncryption', true],
      ['enableNodeOptionsEnvironmentVariable', true],
      ['enableNodeCliInspectArguments', false],
      ['enableEmbeddedAsarIntegrityValidation', undefined],
    ]);
    expect(unknown).toBe(0);
  });

  it('that came later are counted', async () => {
    const { fuses, unknown } = await readFuses(await fileOf('later', program('0'.repeat(FUSES.length + 2))));
    expect([fuses.size, unknown]).toEqual([FUSES.length, 2]);
  });

  it('are not guessed at', async () => {
    await expect(readFuses(await fileOf('none', Buffer.from('no fuses')))).rejects.toThrow('no Electron');
    await expect(readFuses(await fileOf('other', program('01', 2)))).rejects.toThrow('version 2');
  });
});

describe('the icons', async () => {
  const png = (size: number) => readFile(join(RESOURCES, 'icons', `${size}x${size}.png`));

  it('of Linux have the size that their name says', async () => {
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
      const picture = await png(size);
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  it('of Windows and macOS are of the same pictures', async () => {
    const pictures = async (sizes: readonly number[]) =>
      await Promise.all(sizes.map(async (size) => ({ size, png: await png(size) })));
    expect(await readFile(join(RESOURCES, 'icon.ico'))).toEqual(
      icoOf(await pictures([16, 24, 32, 48, 64, 128, 256])),
    );
    const icns = await readFile(join(RESOURCES, 'icon.icns'));
    const upTo512 = icnsOf(await pictures([32, 64, 128, 256, 512]));
    expect(icns.subarray(8, upTo512.length)).toEqual(upTo512.subarray(8));
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(icns.subarray(upTo512.length, upTo512.length + 4).toString()).toBe('ic10');
  });
});
