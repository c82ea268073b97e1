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
    'holdfast://explore?a%20b=1',
    `holdfast://runs/${'x'.repeat(5000)}`,
    'holdfast://overview#token=abc',
  ])('%s leads nowhere', (link) => expect(addressOfLink(link)).toBeUndefined());
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
