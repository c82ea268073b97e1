import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../../../shared/errors/text.ts';
import { placesOf } from '../../../shared/messages/definition.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Everything that stands in the TypeScript files below a folder of the project. */
export function sourceText(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');
}

/** What is wrong with a text as a template in two languages; empty: nothing. */
export function faultsOf({ en, zh }: Text): readonly string[] {
  const places = (template: string) => [...new Set(placesOf(template))].sort().join();
  const differing = (template: string) => template.replace(/\{\w+\}/g, '');
  return [
    ...(en.trim() === '' || zh.trim() === '' ? ['empty'] : []),
    ...(places(en) === places(zh) ? [] : [`places differ: ${places(en)} / ${places(zh)}`]),
    ...(/\p{Script=Han}/u.test(en) ? ['Chinese in the English text'] : []),
    // What consists of names and marks alone reads the same everywhere.
    ...(/[a-z]{2}/i.test(differing(en)) && !/\p{Script=Han}/u.test(zh) ? ['no Chinese'] : []),
  ];
}
