import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../../shared/errors/text.ts';

/** What the person who starts the demo may choose. */
export interface DemoArguments {
  /** End with the report instead of leaving everything running. */
  readonly headless: boolean;
  readonly language: Language;
  /** Where everything is put and left afterwards, absolute; undefined: a temporary folder that is removed. */
  readonly folder: string | undefined;
}

export const USAGE = `npm run demo -- [--headless] [--lang en|zh] [--folder PATH]
  --headless     end with one JSON report as the last line on stdout; exit code 1 when a proof fails
  --lang         language of the narration (default en)
  --folder PATH  work in this new folder and keep it (but for Kafka's data, which is in memory);
                 default: a temporary folder, removed at the end`;

/** @throws TypeError for arguments that the demo does not know, with a message for people. */
export function readArguments(argv: readonly string[]): DemoArguments | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      headless: { type: 'boolean', default: false },
      lang: { type: 'string', default: 'en' },
      folder: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { headless, lang, folder } = values;
  if (lang !== 'en' && lang !== 'zh') throw new TypeError(`--lang is en or zh, not ${lang}`);
  return { headless, language: lang, folder: folder === undefined ? undefined : resolve(folder) };
}
