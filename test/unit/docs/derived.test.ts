import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ERROR_TABLE } from '../../../shared/errors/table.ts';
import { derivedPages } from '../../docs/pages.ts';

describe('derived documents', () => {
  for (const [path, text] of derivedPages()) {
    it(`${path} is what \`npm run docs\` writes`, async () => {
      expect(await readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')).toBe(text);
    });
  }
});

describe('the error table', () => {
  it('says everything in both languages, with the same parameters', () => {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted();
    for (const [code, { message, remedy }] of Object.entries(ERROR_TABLE)) {
      for (const text of [message.en, message.zh, remedy.en, remedy.zh]) {
        expect(text.trim(), code).not.toBe('');
      }
      expect(places(message.zh), code).toEqual(places(message.en));
    }
  });
});
