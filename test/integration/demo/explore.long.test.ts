import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { until } from '../../servers/condition.ts';
import { workFolder } from '../../servers/processes.ts';
import { startDemo } from './run-demo.ts';

const ENTRY = join(import.meta.dirname, '..', '..', '..', 'main', 'entries', 'cli.ts');
const execute = promisify(execFile);

test('without --headless it stays for people to explore, and Ctrl-C stops everything', {
  timeout: 600_000,
}, async () => {
  const temporary = workFolder('demo-explore');
  const demo = startDemo(['--lang', 'zh'], { TMPDIR: temporary });
  const seen = () => /export HOLDFAST_DATA_DIR=(.+)\n/.exec(demo.narration())?.[1];
  const dataDirectory = await until('the demo to wait', () => seen() ?? endedEarly(demo.child.exitCode), 500);
  const env = { ...process.env, HOLDFAST_DATA_DIR: dataDirectory };
  const points = await execute(process.execPath, [ENTRY, 'point', 'list', '--json'], { env });
  const whole = { taskName: 'nightly', complete: true };
  expect(JSON.parse(points.stdout)).toMatchObject([whole, whole, whole, whole, whole]);
  const link = new URL(/http:\/\/\S+#token=\S+/.exec(demo.narration())?.[0] ?? '');
  const page = await fetch(new URL('/', link));
  expect(await page.text()).toContain('<title>Holdfast</title>');
  // Both services can be broken again, by a key.
  demo.type('\n');
  const broken = () => [...demo.narration().matchAll(/及其全部消息已删除/g)].length === 2 || undefined;
  await until('both to be broken again', () => broken() ?? endedEarly(demo.child.exitCode), 300);
  expect(demo.narration()).not.toContain('可能已经被破坏');
  demo.child.kill('SIGINT');
  expect(await demo.exitCode()).toBe(0);
  expect((await readdir(temporary)).filter((name) => name.startsWith('holdfast-demo-'))).toEqual([]);
  expect(demo.output()).toBe('');
});

function endedEarly(exitCode: number | null): undefined {
  if (exitCode !== null) throw new Error(`the demo ended with exit code ${exitCode}`);
}
