import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WindowSession } from '../../../main/desktop/host/window-session.ts';
import { removeWorkFolder, workFolder } from '../../servers/processes.ts';

let folder: string;
let tokenFile: string;
let cookies: EventEmitter;
let session: WindowSession;
let tokens: string[];
const line = {
  signIn: async (token: string) => {
    if (token === 'refused') throw new Error('the host answers 401');
    tokens.push(token);
  },
};

beforeAll(() => {
  folder = workFolder('window-session');
  tokenFile = join(folder, 'token');
});

afterAll(() => removeWorkFolder(folder));

beforeEach(() => {
  tokens = [];
  cookies = new EventEmitter();
  session = new WindowSession(cookies);
  writeFileSync(tokenFile, 'first\n');
});

test('is begun with the token of the moment', async () => {
  expect(await session.begin(line, tokenFile)).toBe(true);
  writeFileSync(tokenFile, 'second\n');
  cookies.emit('changed', {}, {}, 'expired', true);
  expect(await session.renew(line, tokenFile)).toBe(true);
  expect(tokens).toEqual(['first', 'second']);
});

test('is not begun where the token is refused or cannot be read', async () => {
  writeFileSync(tokenFile, 'refused');
  expect(await session.renew(line, tokenFile)).toBe(false);
  expect(await session.renew(line, join(folder, 'absent'))).toBe(false);
});

test('stays ended where a person signed out, until a host is there anew', async () => {
  await session.begin(line, tokenFile);
  cookies.emit('changed', {}, {}, 'expired-overwrite', true);
  expect(await session.renew(line, tokenFile)).toBe(false);
  expect(await session.begin(line, tokenFile)).toBe(true);
  expect(await session.renew(line, tokenFile)).toBe(true);
});
