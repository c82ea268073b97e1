import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../servers/condition.ts';
import { workFolder } from '../../servers/processes.ts';
import { runTool } from '../../servers/tools.ts';
import { reportOf, startDemo } from './run-demo.ts';

const SAME = ['as', 'sequences-as'];
const proofsOf = (now: string, then: string) => [
  ...SAME.map((how) => `${now}-${how}-${then}`),
  `${now}-left-the-rest-alone`,
];

test('headless: everything is filled, proved, broken and brought back, twice, and the report says so', {
  timeout: 400_000,
}, async () => {
  const folder = join(workFolder('demo'), 'kept');
  const demo = startDemo(['--headless', '--folder', folder]);
  const exitCode = await demo.exitCode();
  const report = reportOf(demo);
  expect(report.error).toBeUndefined();
  expect(report.proofs.filter(({ equal }) => !equal)).toEqual([]);
  expect(report.proofs.map(({ proof }) => proof)).toEqual([
    'verified',
    'sha256sum',
    'tar',
    'archive-as-filled',
    'no-difference',
    'diff-as-seen-by-java',
    ...proofsOf('planned', 'broken'),
    ...proofsOf('restored', 'filled'),
    'no-difference',
    ...proofsOf('undone', 'broken'),
    ...proofsOf('restored-again', 'filled'),
    'no-difference',
    'next-sequence-number',
  ]);
  expect(report).toMatchObject({ ok: true, versions: { ZooKeeper: '3.9.4', node: process.versions.node } });
  expect(exitCode).toBe(0);

  const factsOf = (name: string) => report.steps.find(({ step }) => step === name)?.facts ?? {};
  expect(factsOf('fill ZooKeeper')).toMatchObject({ largest: 900_000, ephemerals: 5 });
  expect(factsOf('fill ZooKeeper').znodes).toBeGreaterThan(4000);
  expect(factsOf('back up').captured).toBeGreaterThanOrEqual(Number(factsOf('fill ZooKeeper').znodes));
  expect(factsOf('diff').removed).toBeGreaterThan(500);
  expect(factsOf('restore').create).toBe(factsOf('diff').removed);
  expect(report.steps.every(({ seconds, ok }) => ok && seconds >= 0)).toBe(true);
  expect(
    report.steps.flatMap(({ commands }) => commands).map(({ command }) => command.split(' ')[1]),
  ).toEqual(
    'vault cluster storage task task task point verify diff diff restore restore diff restore restore diff'.split(
      ' ',
    ),
  );

  const password = await readFile(join(folder, 'zookeeper.password'), 'utf8');
  expect(demo.narration() + demo.output()).not.toContain(password);
  expect(await readdir(join(folder, 'unpacked', 'ZooKeeper'))).toContain('manifest.json');
  await expect(connected(addressIn(demo.narration()))).rejects.toThrow('ECONNREFUSED');
});

test('interrupted: ends at once with a report that says so, and leaves nothing behind', async () => {
  const temporary = workFolder('demo-interrupted');
  const demo = startDemo(['--headless'], { TMPDIR: temporary });
  await until('the first command', () => demo.narration().includes('$ holdfast vault init') || undefined);
  const address = addressIn(demo.narration());
  demo.child.kill('SIGTERM');
  expect(await demo.exitCode()).toBe(130);
  expect(reportOf(demo)).toMatchObject({ ok: false, error: 'interrupted' });
  expect((await readdir(temporary)).filter((name) => name.startsWith('holdfast-demo-'))).toEqual([]);
  await expect(connected(address)).rejects.toThrow('ECONNREFUSED');
});

test.each([
  ['en', /misses on PATH: mvn\. .*sudo apt-get install maven/],
  ['zh', /缺少：mvn。.*sudo apt-get install maven/],
])('without Maven it says what is missing and how to get it (%s)', async (language, message) => {
  const path = await pathWith(['java', 'javac', 'tar', 'sha256sum']);
  const demo = startDemo(['--headless', '--lang', language], { PATH: path });
  expect(await demo.exitCode()).toBe(1);
  expect(reportOf(demo)).toMatchObject({ ok: false, steps: [], proofs: [] });
  expect(reportOf(demo).error).toMatch(message);
  expect(demo.narration()).toMatch(message);
});

test('arguments that it does not know are refused with its usage', async () => {
  for (const args of [['--lang', 'de'], ['--headles'], ['now']]) {
    const demo = startDemo(args);
    expect(await demo.exitCode()).toBe(2);
    expect(demo.narration()).toContain('--headless');
    expect(demo.output()).toBe('');
  }
  const folder = workFolder('demo-taken');
  const demo = startDemo(['--headless', '--folder', folder]);
  expect(await demo.exitCode()).toBe(1);
  expect(reportOf(demo).error).toContain('EEXIST');
});

/** A folder with nothing but links to these commands. */
async function pathWith(commands: readonly string[]): Promise<string> {
  const folder = join(workFolder('demo-path'), 'bin');
  await mkdir(folder);
  for (const command of commands) {
    const found = (await runTool('which', [command])).trim();
    await symlink(found, join(folder, command));
  }
  return folder;
}

function addressIn(narration: string): { host: string; port: number } {
  const [, host = '', port = ''] = /serves on ([\d.]+):(\d+)/.exec(narration) ?? [];
  return { host, port: Number(port) };
}

async function connected(address: { host: string; port: number }): Promise<void> {
  const socket = connect(address);
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  } finally {
    socket.destroy();
  }
}
