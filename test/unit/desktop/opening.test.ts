import { defaultParseSearch } from '@tanstack/react-router';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../main/desktop/arguments.ts';
import { addressOfArchive, addressOfLink } from '../../../main/desktop/opening.ts';

describe('links', () => {
  test.each([
    ['holdfast://overview', '/'],
    ['holdfast://runs/ab12', '/runs/ab12'],
    ['holdfast://runs/', '/runs'],
    ['holdfast://clusters/a%20b%3Fc', '/clusters/a%20b%3Fc'],
    [
      'holdfast://explore?target=cluster:lab/ZooKeeper&path=/a',
      '/explore?target=cluster%3Alab%2FZooKeeper&path=%2Fa',
    ],
    ['holdfast://runs/%2e%2e/x', '/runs/x'],
    ['HOLDFAST://tasks/nightly/edit', '/tasks/nightly/edit'],
  ])('%s leads to %s', (link, address) => {
    expect(addressOfLink(link)).toBe(address);
    expect(new URL(address, 'http://127.0.0.1:7420').origin).toBe('http://127.0.0.1:7420');
  });

  test.each([
    'https://runs/ab12',
    'holdfast:runs',
    'holdfast://session',
    'holdfast://api/v1/tasks',
    'holdfast://user@runs/1',
    'holdfast://runs:80/1',
    'holdfast://runs/..%2f..%2fapi',
    'holdfast://runs/a/b/c',
    'holdfast://runs/%00',
    'holdfast://runs/%ff',
    'holdfast://explore?target=file:/etc/passwd',
    'holdfast://explore?target=%20FILE:%5C%5Cserver%5Cshare%5Ca.tar.gz',
    'holdfast://explore?target=%22file:/etc/passwd%22',
    'holdfast://explore?target=%22%5Cu0066ile:%5C%5C%5C%5Cevil%5C%5Cshare%5C%5Ca.tar.gz%22',
    'holdfast://compare?left=cluster:lab/ZooKeeper&right=%0A%22%5Cu0066ile:/a.tar.gz%22',
    'holdfast://restore?from=%20%22%5Cu0066ile:/a.tar.gz%22',
    'holdfast://restore?from=point:1&select=%5B%22a%22%5D',
    'holdfast://explore?target=%7B%22of%22:%22file%22%7D',
    'holdfast://explore?a%20b=1',
    `holdfast://runs/${'x'.repeat(5000)}`,
    'holdfast://overview#token=abc',
  ])('%s leads nowhere', (link) => expect(addressOfLink(link)).toBeUndefined());
});

test('what the page’s router makes of a link’s values is no text that was hidden in them', () => {
  const hidden = ['file:/a', 'point:1', '1', 'true', 'null'].flatMap((text) => [
    text,
    JSON.stringify(text),
    JSON.stringify([text]),
    ` ${JSON.stringify(text)}`,
    JSON.stringify(text).replace(text.charAt(0), `\\u00${text.charCodeAt(0).toString(16)}`),
  ]);
  const seen = hidden.flatMap((value) => {
    const address = addressOfLink(`holdfast://explore?target=${encodeURIComponent(value)}`);
    return address === undefined
      ? []
      : [Reflect.get(defaultParseSearch(address.slice('/explore'.length)), 'target')];
  });
  expect(seen).toEqual(['point:1', 1, true, null]);
});

describe('archives', () => {
  test('a path is one parameter, whatever is in it', () => {
    const address = addressOfArchive('/tmp/a&b=c #1/存档.tar.gz') ?? '';
    const url = new URL(address, 'http://h');
    expect([url.pathname, url.searchParams.get('target'), url.hash]).toEqual([
      '/explore',
      'file:/tmp/a&b=c #1/存档.tar.gz',
      '',
    ]);
  });

  test('other files are not opened', () => {
    expect(addressOfArchive('/etc/passwd')).toBeUndefined();
    expect(addressOfArchive('/tmp/a.tar.gz\n')).toBeUndefined();
  });
});

describe('arguments', () => {
  const read = (...argv: string[]) => readArguments(argv, '/work', 'linux');

  test('ours are taken, what Chromium and the system add is passed over', () => {
    expect(
      read('--no-sandbox', '--inspect=0', '/app/dist', '--data-dir', '/d', '--hidden', 'x/point.tar.gz'),
    ).toEqual({ dataDirectory: '/d', hidden: true, opening: '/work/x/point.tar.gz' });
    expect(read('--connect=https://b:7443', 'holdfast://runs/1')).toEqual({
      connect: 'https://b:7443',
      hidden: false,
      opening: 'holdfast://runs/1',
    });
    expect(read()).toEqual({ hidden: false });
  });

  test('a file manager hands over an address: of this machine it is a file, of another it is nothing', () => {
    expect(read('file:///backup/a%20b.tar.gz').opening).toBe('/backup/a b.tar.gz');
    expect(read('file://elsewhere/share/a.tar.gz').opening).toBeUndefined();
    expect(read('file:///a%2Fb.tar.gz').opening).toBeUndefined();
  });

  test('a file of Windows is found from where the program was started', () => {
    expect(readArguments(['a.TGZ'], 'C:\\Users\\x', 'win32').opening).toBe('C:\\Users\\x\\a.TGZ');
  });
});
