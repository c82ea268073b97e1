import { expect, it } from 'vitest';
import { PHRASES, WORDS } from '../../../main/cli/output/words.ts';
import { countText, NOUNS, RUN_STATES, runStepText } from '../../../shared/messages/words.ts';
import { faultsOf, sourceText } from './written.ts';

it.each(Object.entries(PHRASES))('the phrase %s says the same in both languages', (name, text) => {
  expect(faultsOf(text)).toEqual([]);
  expect(sourceText('main/cli')).toContain(`PHRASES.${name}`);
});

it.each(Object.entries({ ...RUN_STATES, ...NOUNS }))('the word %s is in both languages', (_, text) => {
  expect(faultsOf(text)).toEqual([]);
});

it('headings and words of the command line are in both languages, and used', () => {
  const written = sourceText('main/cli');
  const words = Object.entries(WORDS).filter(([english]) => english !== 'utc');
  expect(words.filter(([en, zh]) => faultsOf({ en, zh }).length > 0)).toEqual([]);
  const isUsed = (word: string) => new RegExp(`(?:word|heading)\\([^)]*'${word}'`).test(written);
  expect(words.map(([english]) => english).filter((word) => !isUsed(word))).toEqual([]);
});

it('steps and counts of runs that are known are in both languages, others keep their names', () => {
  for (const name of ['capture', 'retain', 'verify', 'undo point', 'compare', 'try', 'apply topics']) {
    expect(runStepText(name).en).toBe(name);
    expect(faultsOf(runStepText(name))).toEqual([]);
  }
  expect(runStepText('from-the-future')).toEqual({ en: 'from-the-future', zh: 'from-the-future' });
  expect(countText('conflict')).toEqual({ en: 'conflict', zh: '冲突' });
  expect(countText('constructor')).toEqual({ en: 'constructor', zh: 'constructor' });
});
