import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../../servers/condition.ts';
import { openDesk } from './command.ts';

/** A browser that notes how it was called and what it was shown. */
const BROWSER = `#!/bin/sh
printf '%s' "$*" > "$HOME/called"
cat "\${1#file://}" > "$HOME/shown"
`;

async function signsIn(link: string): Promise<boolean> {
  const url = new URL(link);
  const token = new URLSearchParams(url.hash.slice(1)).get('token');
  const reply = await fetch(new URL('/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin },
    body: JSON.stringify({ token }),
  });
  return reply.ok && (reply.headers.get('set-cookie') ?? '').includes('HttpOnly');
}

const textOf = (path: string) =>
  until(path, () =>
    readFile(path, 'utf8').then(
      (text) => text || undefined,
      () => undefined,
    ),
  );

it('starts a host and shows it in the browser, with the token on no command line', async () => {
  await using desk = await openDesk();
  const browser = join(desk.folder, 'browser.sh');
  await writeFile(browser, BROWSER);
  await chmod(browser, 0o700);
  // Without the system's own browsers, which come first.
  const display = { DISPLAY: ':0', BROWSER: browser, HOME: desk.folder, XDG_DATA_DIRS: desk.folder };
  await using screen = await openDesk(display);
  const opened = screen.start('open', '--json');
  const line = await until('the link', () => opened.out().trim() || undefined);
  const { link } = JSON.parse(line);
  expect(await textOf(join(desk.folder, 'called'))).toMatch(/^file:.*open\.html$/);
  expect(await textOf(join(desk.folder, 'shown'))).toContain(`url=${link}`);
  expect(await signsIn(link)).toBe(true);

  const again = await screen.run('open', '--no-browser', '--json');
  expect(JSON.parse(again.out)).toEqual({ link, opened: false });
  opened.child.kill('SIGINT');
  expect((await opened.finished).code).toBe(0);
});

it('only tells the link where there is no screen', async () => {
  await using desk = await openDesk();
  const opened = desk.start('open');
  const link = await until('the link', () => /http:\S+/.exec(opened.out())?.[0]);
  expect(await signsIn(link)).toBe(true);
  opened.child.kill('SIGTERM');
  expect((await opened.finished).code).toBe(0);
});
