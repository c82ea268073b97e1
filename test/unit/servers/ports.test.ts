import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { reservePort } from '../../servers/ports.ts';

test('a reserved port is free for a server and given to nobody else, in other processes neither', async () => {
  const mine = await Promise.all(Array.from({ length: 50 }, async () => await reservePort()));
  const module = new URL('../../servers/ports.ts', import.meta.url);
  const script = `const { reservePort } = await import(${JSON.stringify(module)});
    for (let i = 0; i < 300; i += 1) console.log((await reservePort()).port);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const theirs = stdout.trim().split('\n').map(Number);
  const all = [...mine.map(({ port }) => port), ...theirs];
  expect(new Set(all).size).toBe(350);

  const [first] = mine;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(first?.port, '127.0.0.1', resolve);
  });
  server.close();
  for (const port of mine) port.release();
});
