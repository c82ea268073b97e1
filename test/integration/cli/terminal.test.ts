import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ENTRY, openDesk } from './command.ts';

const SCRIPT = fileURLToPath(new URL('./terminal.py', import.meta.url));
const SECRET = 'a-rather-unlikely-passphrase';

/** Runs the program on a real terminal; `answers` are what to wait for and what to type then. */
async function onTerminal(folder: string, answers: [string, string][], ...argv: string[]) {
  const child = spawn('python3', [SCRIPT, JSON.stringify(answers), process.execPath, ENTRY, ...argv], {
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C', HOLDFAST_DATA_DIR: `${folder}/data` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const [code] = await once(child, 'close');
  return { code, shown };
}

describe('on a terminal', () => {
  it('a passphrase is asked for twice, never echoed, and opens the vault again', async () => {
    await using desk = await openDesk();
    const first: [string, string][] = [
      ['Passphrase of the vault: ', SECRET],
      ['again: ', SECRET],
    ];
    const made = await onTerminal(desk.folder, first, 'vault', 'init');
    expect(made).toMatchObject({ code: 0, shown: expect.stringContaining('open (passphrase)') });
    const listed = await onTerminal(desk.folder, [['Passphrase of the vault: ', SECRET]], 'key', 'list');
    expect(listed).toMatchObject({ code: 0, shown: expect.stringContaining('NAME') });
    const wrong = await onTerminal(
      desk.folder,
      [['Passphrase of the vault: ', `not ${SECRET}`]],
      'key',
      'list',
    );
    expect(wrong.code).toBe(4);
    for (const { shown } of [made, listed, wrong]) expect(shown).not.toContain(SECRET);
  });

  it('Ctrl-C at a question ends the command', async () => {
    await using desk = await openDesk();
    const { code } = await onTerminal(
      desk.folder,
      [['Passphrase of the vault: ', '\u0003']],
      'vault',
      'init',
    );
    expect(code).toBe(11);
    expect(await desk.json('vault', 'show')).toMatchObject({ state: 'absent' });
  });
});
