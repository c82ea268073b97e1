import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import { say } from '../../../shared/messages/message.ts';
import { runFake } from './fake-world.ts';

const nothing = { tasks: 1, points: 2, archives: 3, repaired: [], damaged: [], notes: [] };

const said = (text: string) => ({ code: 'from-the-future', params: {}, text });

const rescan = (found: object, ...flags: string[]) =>
  runFake(['storage', 'rescan', 'disk', ...flags], {
    client: { storages: { rescan: async () => ({ ...nothing, ...found }) } },
  });

describe('storage rescan', () => {
  it('tells what was put right and what is left to do, and succeeds', async () => {
    const { code, out } = await rescan({
      repaired: [said('a was written')],
      notes: [said('b needs its password')],
    });
    expect(code).toBe(0);
    expect(out).toContain('2 recovery points');
    expect(out).toContain('repaired: a was written');
    expect(out).toContain('note: b needs its password');
  });

  it('speaks the reader’s language', async () => {
    const vanished = say('rescan.vanished', { path: 'a.tar.gz' });
    const { out } = await rescan({ repaired: [vanished] }, '--lang', 'zh');
    expect(out).toContain('已修复：存储中已没有 a.tar.gz');
  });

  it('fails on damage, which it names', async () => {
    const { code, out } = await rescan({ damaged: [said('c.tar.gz: the footer is damaged')] });
    expect(code).toBe(EXIT_CODES.integrity);
    expect(out).toContain('DAMAGED: c.tar.gz: the footer is damaged');
    const json = await rescan({ damaged: [said('c')] }, '--json');
    expect(json.code).toBe(EXIT_CODES.integrity);
    expect(JSON.parse(json.out)).toMatchObject({ damaged: [said('c')] });
  });
});
