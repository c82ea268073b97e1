import type { Look } from './looks.ts';
import { LOOKS } from './looks.ts';
import type { Picture } from './pictures.ts';

/** `<screen>.<language>.<theme>.png` */
export function fileOf(name: string, { language, theme }: Look): string {
  return `${name}.${language}.${theme}.png`;
}

/** docs/screens/README.md: what there is, of what is there. */
export function pictureTable(pictures: readonly Picture[], files: readonly string[]): string {
  const link = (name: string, look: Look) => {
    const file = fileOf(name, look);
    return files.includes(file) ? `[${look.theme}](${file})` : '—';
  };
  const rows = pictures.map(
    ({ name, shows }) => `| ${[shows, ...LOOKS.map((look) => link(name, look))].join(' | ')} |`,
  );
  return [
    '# Every screen',
    '',
    'Taken by `npm run screens` at 1280×800 from a real host with two weeks of history; do not edit.',
    '',
    '| screen | English | | 简体中文 | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
