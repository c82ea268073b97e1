import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../servers/condition.ts';
import { workFolder } from '../../servers/processes.ts';
import { runTool } from '../../servers/tools.ts';
import { reportOf, startDemo } from './run-demo.ts';

const ZOOKEEPER = 'ZooKeeper';
const KAFKA = 'Kafka';

type Named = readonly [service: string | undefined, proof: string];

const ofBoth = (...proofs: readonly string[]): Named[] =>
  [ZOOKEEPER, KAFKA].flatMap((service) => proofs.map((proof) => [service, proof] as const));

const alike = (now: string, then: string): Named[] => [
  [ZOOKEEPER, `${now}-as-${then}`],
  [ZOOKEEPER, `${now}-sequences-as-${then}`],
  [ZOOKEEPER, `${now}-left-the-rest-alone`],
  [KAFKA, `${now}-as-${then}`],
  [KAFKA, `${now}-described-as-${then}`],
  [KAFKA, `${now}-left-the-rest-alone`],
];

const restored = (now: string): Named[] => [
  [undefined, 'rest-left-to-people'],
  ...alike(now, 'filled'),
  ...ofBoth('no-difference'),
];

test('headless: everything is filled, proved, broken and brought back, twice, and the report says so', {
  timeout: 600_000,
}, async () => {
  const folder = join(workFolder('demo'), 'kept');
  const demo = startDemo(['--headless', '--folder', folder]);
  const exitCode = await demo.exitCode();
  const report = reportOf(demo);
  expect(report.error).toBeUndefined();
  expect(report.proofs.filter(({ equal }) => !equal)).toEqual([]);
  expect(report.proofs.map(({ service, proof }) => [service, proof])).toEqual([
    [undefined, 'verified'],
    ...ofBoth('sha256sum', 'tar', 'archive-as-filled'),
    ...ofBoth('no-difference'),
    ...ofBoth('diff-as-seen-by-java'),
    ...alike('planned', 'broken'),
    ...restored('restored'),
    ...alike('undone', 'broken'),
    ...restored('restored-again'),
    [ZOOKEEPER, 'next-sequence-number'],
    [KAFKA, 'application-goes-on'],
  ]);
  const versions = { ZooKeeper: '3.9.4', Kafka: '4.3.1', node: process.versions.node };
  expect(report).toMatchObject({ ok: true, versions });
  expect(exitCode).toBe(0);

  const factsOf = (name: string) => report.steps.find(({ step }) => step === name)?.facts ?? {};
  expect(factsOf('fill ZooKeeper')).toMatchObject({ largest: 900_000, ephemerals: 5 });
  expect(factsOf('fill ZooKeeper').znodes).toBeGreaterThan(4000);
  expect(factsOf('fill Kafka')).toMatchObject({ topics: 300, groups: 41, acls: 122, users: 13 });
  const captured = Number(factsOf('fill ZooKeeper').znodes) + Number(factsOf('fill Kafka').topics);
  expect(factsOf('back up').captured).toBeGreaterThan(captured);
  expect(factsOf('diff ZooKeeper').removed).toBeGreaterThan(500);
  expect(factsOf('diff Kafka').removed).toBeGreaterThan(100);
  const removed = Number(factsOf('diff ZooKeeper').removed) + Number(factsOf('diff Kafka').removed);
  // Of all that was gone, one credential is left to people.
  expect(factsOf('restore')).toMatchObject({ create: removed - 1, differences: 1, state: 'incomplete' });
  const compared = report.proofs.find(
    ({ service, proof }) => service === KAFKA && proof === 'restored-as-filled',
  );
  expect(compared?.facts.lines).toBeGreaterThan(1300);
  expect(compared?.facts.emptiedTopics).toBe(59);
  expect(compared?.facts.clampedOffsets).toBeGreaterThan(20);
  expect(report.steps.every(({ seconds, ok }) => ok && seconds >= 0)).toBe(true);
  expect(
    report.steps.flatMap(({ commands }) => commands).map(({ command }) => command.split(' ')[1]),
  ).toEqual(
    'vault cluster storage task task task point verify diff diff diff diff restore restore diff diff restore restore diff diff'.split(
      ' ',
    ),
  );

  const secrets = ['zookeeper.password', 'kafka.password'].map((file) =>
    readFile(join(folder, file), 'utf8'),
  );
  for (const secret of [...(await Promise.all(secrets)), 'password of', 'let me in']) {
    expect(demo.narration() + demo.output()).not.toContain(secret);
  }
  for (const service of [ZOOKEEPER, KAFKA]) {
    expect(await readdir(join(folder, 'unpacked', service))).toContain('manifest.json');
  }
  await expectGone(demo.narration());
});

test('interrupted: ends at once with a report that says so, and leaves nothing behind', async () => {
  const temporary = workFolder('demo-interrupted');
  const demo = startDemo(['--headless'], { TMPDIR: temporary });
  await until(
    'the first command',
    () => demo.narration().includes('$ holdfast vault init') || undefined,
    110,
  );
  demo.child.kill('SIGTERM');
  expect(await demo.exitCode()).toBe(130);
  expect(reportOf(demo)).toMatchObject({ ok: false, error: 'interrupted' });
  expect((await readdir(temporary)).filter((name) => name.startsWith('holdfast-demo-'))).toEqual([]);
  await expectGone(demo.narration());
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

/** Nobody answers any more where both services told that they serve. */
async function expectGone(narration: string): Promise<void> {
  const addresses = [...narration.matchAll(/serves on ([\d.]+):(\d+)/g)];
  expect(addresses).toHaveLength(2);
  for (const [, host = '', port = ''] of addresses) {
    await expect(connected({ host, port: Number(port) })).rejects.toThrow('ECONNREFUSED');
  }
}

async function connected(address: { host: string; port: number }): Promise<void> {
  const socket = connect(address);
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  } finally {
    socket.destroy();
  }
}
