import type { Json } from '../../../shared/model/entry.ts';
import type { Place, ShownEntry } from '../../../shared/model/listing.ts';
import { keyPath } from '../options/key-path.ts';
import type { Output } from './output.ts';
import { printable } from './printable.ts';
import { bytes } from './quantity.ts';
import { facts, table } from './table.ts';
import { TEXTS } from './texts.ts';

const MOST_CHARACTERS = 2_000;

/** One place: its entry, then what is below it. */
export function placeText(place: Place, output: Output): string {
  const entry = place.entry === undefined ? '' : entryText(place.entry);
  const children = place.children.length === 0 ? '' : `${entry === '' ? '' : '\n'}${childTable(place)}`;
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

function childTable({ children }: Place): string {
  return table(
    [
      { title: 'NAME', cell: ({ name, hasChildren }) => (hasChildren === true ? `${name}/` : name) },
      { title: 'KIND', cell: ({ kind }) => kind ?? '' },
      { title: 'SIZE', align: 'right', cell: ({ bytes: size }) => (size === undefined ? '' : bytes(size)) },
    ],
    children,
  );
}

function valueText(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return printable(shown);
}
