import { isUtf8 } from 'node:buffer';
import type { Json } from '../../../shared/model/entry.ts';
import type { Place, ShownEntry } from '../../../shared/model/listing.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import type { Output } from './output.ts';
import { bytes } from './quantity.ts';
import { facts, table } from './table.ts';
import { TEXTS } from './texts.ts';

const MOST_CHARACTERS = 2_000;
/** Control characters but for line ends and tabs. */
const UNREADABLE = /[^\P{Cc}\t\n\r]/u;

/** One place: its entry, then what is below it. */
export function placeText(place: Place, output: Output): string {
  const entry = place.entry === undefined ? '' : entryText(place.entry);
  const children =
    place.children.length === 0 ? '' : `${entry === '' ? '' : '\n'}${childTable(place, output)}`;
  const more = place.next === undefined ? '' : `${output.words(TEXTS.morePages, { next: place.next })}\n`;
  return entry + children + more;
}

function entryText({ key, kind, content, observed }: ShownEntry): string {
  return facts([
    [kind, keyPath(key)],
    ...Object.entries(content).map(([name, value]) => [name, valueText(value)] as const),
    ...Object.entries(observed).map(([name, value]) => [name, valueText(value)] as const),
  ]);
}

function childTable({ children }: Place, output: Output): string {
  return table(
    [
      {
        title: output.heading('name'),
        cell: ({ name, hasChildren }) => (hasChildren === true ? `${name}/` : name),
      },
      { title: output.heading('kind'), cell: ({ kind }) => kind ?? '' },
      {
        title: output.heading('size'),
        align: 'right',
        cell: ({ bytes: size }) => (size === undefined ? '' : bytes(size)),
      },
    ],
    children,
  );
}

function valueText(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return cut(text) + (typeof value === 'string' ? decodedText(value) : '');
}

/** What base64 stands for, where that is text a person can read: most values in clusters are. */
function decodedText(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  const text = bytes.toString('utf8');
  const isBase64 = value !== '' && bytes.toString('base64') === value;
  if (!isBase64 || !isUtf8(bytes) || UNREADABLE.test(text)) return '';
  return `  (${cut(text)})`;
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
