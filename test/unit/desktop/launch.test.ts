import { expect, test } from 'vitest';
import { readArguments } from '../../../main/desktop/arguments.ts';
import { planWithoutWindow } from '../../../main/desktop/launch/without-window.ts';

const plan = (...argv: string[]) => planWithoutWindow(readArguments(argv, '/work', 'linux'));

test.each([
  [[], ['open']],
  [
    ['--data-dir', '/d'],
    ['open', '--data-dir', '/d'],
  ],
  [['--data-dir=/d'], ['open', '--data-dir', '/d']],
])('without a window %j opens the browser on the same data directory', (argv, command) => {
  expect(plan(...argv).command).toEqual(command);
});

test.each([
  ['https://backup.example:7443/runs', /^Open https:\/\/backup\.example:7443 in a browser/],
  ['http://backup.example', /is not encrypted/],
  ['backup', /is not an address/],
])('a host to connect to is named, and no other started: %s', (connect, words) => {
  const { words: said, command } = plan(`--connect=${connect}`);
  expect([said.length, command]).toEqual([1, undefined]);
  expect(said[0]).toMatch(words);
});

test('an archive that nobody opens is told of', () => {
  const { words, command } = plan('a.tar.gz');
  expect(words.at(-1)).toContain('/work/a.tar.gz');
  expect(command).toEqual(['open']);
});
