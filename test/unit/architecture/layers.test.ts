import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkLayers } from '../../architecture/check-layers.ts';
import { workFolder } from '../../servers/processes.ts';

/** Checks a tree made of these files. */
async function check(files: Record<string, string>): Promise<string[]> {
  const root = workFolder('layers');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return await checkLayers(root);
}

describe('allowed', () => {
  test.each([
    ['down one floor', { 'main/engine/a.ts': "import '../archive/b.ts';", 'main/archive/b.ts': '' }],
    ['down all floors', { 'main/entries/a.ts': "import '../../shared/b.ts';", 'shared/b.ts': '' }],
    ['within a folder', { 'main/cli/a.ts': "import './deep/b.ts';", 'main/cli/deep/b.ts': '' }],
    ['node below the faces', { 'main/archive/a.ts': "import 'node:fs'; import 'zlib';" }],
    ['zod in shared', { 'shared/a.ts': "import { z } from 'zod/v4';" }],
    [
      'the renderer on shared',
      { 'renderer/ui/a.tsx': "import '../../shared/b.ts'; import 'react';", 'shared/b.ts': '' },
    ],
    ['electron in desktop', { 'main/desktop/a.ts': "import { app } from 'electron';" }],
    [
      'the registry on a driver',
      { 'main/sources/registry.ts': "import './kafka/b.ts';", 'main/sources/kafka/b.ts': '' },
    ],
    [
      'a driver on the contract',
      { 'main/sources/kafka/a.ts': "import '../contract.ts';", 'main/sources/contract.ts': '' },
    ],
    [
      'a diamond',
      {
        'shared/a.ts': "import './b.ts'; import './c.ts';",
        'shared/b.ts': "import './d.ts';",
        'shared/c.ts': "import './d.ts';",
        'shared/d.ts': '',
      },
    ],
  ])('%s', async (_name, files) => {
    expect(await check(files)).toEqual([]);
  });
});

describe('refused', () => {
  test.each([
    [
      'upward',
      { 'main/archive/a.ts': "\nimport '../engine/b.ts';", 'main/engine/b.ts': '' },
      'main/archive/a.ts:2 imports ../engine/b.ts: main/archive is below main/engine',
    ],
    [
      'upward from shared',
      { 'shared/a.ts': "import '../main/archive/b.ts';", 'main/archive/b.ts': '' },
      'shared/a.ts:1 imports ../main/archive/b.ts: shared is below main/archive',
    ],
    [
      'a type upward',
      { 'main/archive/a.ts': "import type { B } from '../engine/b.ts';", 'main/engine/b.ts': '' },
      'main/archive/a.ts:1 imports ../engine/b.ts: main/archive is below main/engine',
    ],
    [
      'a type upward, inline',
      { 'main/archive/a.ts': "export type A = import('../engine/b.ts').B;", 'main/engine/b.ts': '' },
      'main/archive/a.ts:1 imports ../engine/b.ts: main/archive is below main/engine',
    ],
    [
      'a re-export upward',
      { 'main/archive/a.ts': "export * from '../engine/b.ts';", 'main/engine/b.ts': '' },
      'main/archive/a.ts:1 imports ../engine/b.ts: main/archive is below main/engine',
    ],
    [
      'a dynamic import upward',
      { 'main/archive/a.ts': "await import('../engine/b.ts');", 'main/engine/b.ts': '' },
      'main/archive/a.ts:1 imports ../engine/b.ts: main/archive is below main/engine',
    ],
    [
      'a computed import',
      { 'main/archive/a.ts': "await import('../engine/' + process.argv[2]);" },
      'main/archive/a.ts:1 imports a computed name: what is imported must be written out',
    ],
    [
      'siblings',
      { 'main/sources/a.ts': "import '../storages/b.ts';", 'main/storages/b.ts': '' },
      'main/sources/a.ts:1 imports ../storages/b.ts: main/sources and main/storages are on the same floor',
    ],
    [
      'another driver',
      { 'main/sources/pulsar/a.ts': "import '../zookeeper/b.ts';", 'main/sources/zookeeper/b.ts': '' },
      'main/sources/pulsar/a.ts:1 imports ../zookeeper/b.ts: main/sources/pulsar and main/sources/zookeeper do not know each other',
    ],
    [
      'another protocol',
      { 'main/protocols/smb/a.ts': "import '../nfs/b.ts';", 'main/protocols/nfs/b.ts': '' },
      'main/protocols/smb/a.ts:1 imports ../nfs/b.ts: main/protocols/smb and main/protocols/nfs do not know each other',
    ],
    [
      'node in shared',
      { 'shared/a.ts': "import { join } from 'node:path';" },
      "shared/a.ts:1 imports node:path: shared may not import Node's modules",
    ],
    [
      'node in shared, without prefix',
      { 'shared/a.ts': "import 'fs/promises';" },
      "shared/a.ts:1 imports fs/promises: shared may not import Node's modules",
    ],
    [
      'a package in shared',
      { 'shared/a.ts': "import '@orpc/server/node';" },
      'shared/a.ts:1 imports @orpc/server/node: shared may import from npm only zod, @orpc/contract',
    ],
    [
      'electron outside desktop',
      { 'main/host/a.ts': "import 'electron';" },
      'main/host/a.ts:1 imports electron: only main/desktop may import electron',
    ],
    [
      'the engine in the renderer',
      { 'renderer/ui/a.ts': "import '../../main/archive/b.ts';", 'main/archive/b.ts': '' },
      'renderer/ui/a.ts:1 imports ../../main/archive/b.ts: renderer/ui may import only renderer/connection, renderer/i18n, shared',
    ],
    [
      'a screen on another feature',
      { 'renderer/features/tasks/a.ts': "import '../runs/b.ts';", 'renderer/features/runs/b.ts': '' },
      'renderer/features/tasks/a.ts:1 imports ../runs/b.ts: renderer/features/tasks and renderer/features/runs do not know each other',
    ],
    [
      'tests in main',
      { 'main/engine/a.ts': "import '../../test/servers/b.ts';" },
      'main/engine/a.ts:1 imports ../../test/servers/b.ts: it is outside the floors',
    ],
    [
      'a file on no floor',
      { 'main/odd/a.ts': '' },
      'main/odd/a.ts lies in none of the folders on the floors',
    ],
    [
      'a circle',
      {
        'shared/a.ts': "import './b.ts';",
        'shared/b.ts': "import type { C } from './c.ts';",
        'shared/c.ts': "export { a } from './a.ts';",
      },
      'circle: shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts',
    ],
    [
      'a file that imports itself',
      { 'shared/a.ts': "import './a.ts';" },
      'circle: shared/a.ts → shared/a.ts',
    ],
  ])('%s', async (_name, files, breach) => {
    expect(await check(files)).toEqual([breach]);
  });
});

test('a file that cannot be parsed is an error, not a pass', async () => {
  await expect(check({ 'shared/a.ts': "import { from 'x" })).rejects.toThrow('shared/a.ts cannot be parsed');
});
