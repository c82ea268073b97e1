import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { workFolder } from '../../servers/processes.ts';
import { runTool } from '../../servers/tools.ts';

const FPM = join(import.meta.dirname, '../../../main/desktop/package/linux/fpm-by-dpkg.ts');
const execute = promisify(execFile);

/** As electron-builder calls fpm, with fewer files. */
const argumentsFor = (folder: string) => [
  ...[
    '-s',
    'dir',
    '--force',
    '-t',
    'deb',
    '-d',
    'libgtk-3-0',
    '-d',
    'libnss3',
    '--deb-recommends',
    'libnotify4',
  ],
  ...['--deb-compression', 'gzip', '--architecture', 'amd64', '--after-install', join(folder, 'after')],
  ...[
    '--description',
    'In short\n and in full',
    '--version',
    '1.2.3~beta',
    '--package',
    join(folder, 'made.deb'),
  ],
  ...[
    '--name',
    'holdfast',
    '--maintainer',
    'Somebody <a@example.org>',
    '--vendor',
    'Holdfast',
    '--license',
    'Apache-2.0',
  ],
  ...['--url', 'https://example.org', '--category', 'admin', '--deb-priority', 'optional'],
  `${join(folder, 'app')}/=/opt/Holdfast`,
  `${join(folder, 'x.desktop')}=/usr/share/applications/holdfast.desktop`,
];

it('a .deb is made of what electron-builder hands to fpm', async () => {
  const folder = workFolder('deb');
  await mkdir(join(folder, 'app', 'bin'), { recursive: true });
  await writeFile(join(folder, 'app', 'bin', 'program'), '#!/bin/sh\n');
  await chmod(join(folder, 'app', 'bin', 'program'), 0o755);
  await symlink('bin/program', join(folder, 'app', 'link'));
  await writeFile(join(folder, 'x.desktop'), '[Desktop Entry]\n', { mode: 0o600 });
  await writeFile(join(folder, 'after'), '#!/bin/sh\necho installed\n');
  await execute(process.execPath, [FPM, ...argumentsFor(folder)]);

  const deb = join(folder, 'made.deb');
  const control = await runTool('dpkg-deb', ['--field', deb]);
  expect(control).toBe(
    'Package: holdfast\nVersion: 1.2.3~beta\nArchitecture: amd64\nMaintainer: Somebody <a@example.org>\n' +
      'Installed-Size: 9\nDepends: libgtk-3-0, libnss3\nRecommends: libnotify4\nSection: admin\nPriority: optional\n' +
      'Homepage: https://example.org\nDescription: In short\n and in full\n',
  );
  expect(await runTool('dpkg-deb', ['--info', deb, 'postinst'])).toContain('echo installed');
  const files = await runTool('dpkg-deb', ['--contents', deb]);
  expect(files).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/Holdfast\/bin\/program$/m);
  expect(files).toMatch(/^lrwxrwxrwx root\/root .* \.\/opt\/Holdfast\/link -> bin\/program$/m);
  expect(files).toMatch(/^-rw-r--r-- root\/root .* \.\/usr\/share\/applications\/holdfast\.desktop$/m);
  expect(files).not.toContain('DEBIAN');
});

it('without what a .deb must say there is none', async () => {
  const folder = workFolder('deb');
  const call = execute(process.execPath, [
    FPM,
    '-t',
    'deb',
    '--name',
    'holdfast',
    '--package',
    join(folder, 'made.deb'),
  ]);
  await expect(call).rejects.toThrow('--version is missing');
});
