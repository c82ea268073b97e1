import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { LockedPackages } from '../../../main/desktop/package/locked-packages.ts';
import { workFolder } from '../../servers/processes.ts';

const LOCK = {
  packages: {
    '': { dependencies: { a: '1', native: '1' }, devDependencies: { builder: '1' } },
    'node_modules/a': { version: '1.0.0', dependencies: { b: '2', 'node-addon-api': '8' } },
    'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { c: '1' } },
    'node_modules/b': { version: '1.0.0', dev: true },
    'node_modules/c': {
      version: '1.0.0',
      peerDependencies: { a: '1', peer: '1', absent: '1' },
      peerDependenciesMeta: { absent: { optional: true } },
    },
    'node_modules/peer': { version: '1.0.0' },
    'node_modules/builder': { version: '1.0.0', dev: true },
    'node_modules/node-addon-api': { version: '8.0.0' },
    'node_modules/native': {
      version: '1.0.0',
      optionalDependencies: {
        'native-linux': '1',
        'native-musl': '1',
        'native-win': '1',
        'native-plan9': '1',
      },
    },
    'node_modules/native-linux': {
      version: '1.0.0',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
      optional: true,
    },
    'node_modules/native-musl': {
      version: '1.0.0',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
      optional: true,
    },
    'node_modules/native-win': { version: '1.0.0', os: ['win32'], cpu: ['x64'], optional: true },
  },
};

let locked: LockedPackages;
beforeAll(async () => {
  const project = workFolder('lock');
  await writeFile(join(project, 'package-lock.json'), JSON.stringify(LOCK));
  locked = await LockedPackages.read(project);
});

const COMMON = ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c', 'node_modules/native'];
const paths = (target?: Parameters<LockedPackages['closureOf']>[1]) =>
  locked.closureOf(locked.production, target).map(({ path }) => path);

it('follows dependencies and peers to the version that each finds, through circles, not to what only builds', () => {
  expect(paths()).toEqual([...COMMON, 'node_modules/peer']);
});

it('takes of what is made for each system the one of the target', () => {
  expect(paths({ platform: 'linux', arch: 'x64' })).toEqual([
    ...COMMON,
    'node_modules/native-linux',
    'node_modules/peer',
  ]);
  expect(paths({ platform: 'win32', arch: 'x64' })).toEqual([
    ...COMMON,
    'node_modules/native-win',
    'node_modules/peer',
  ]);
  expect(paths({ platform: 'linux', arch: 'arm64' })).toEqual([...COMMON, 'node_modules/peer']);
});

it('refuses what is needed and not pinned', () => {
  expect(() => locked.closureOf(['unheard-of'])).toThrow('has no unheard-of, which the project needs');
});
