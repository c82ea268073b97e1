import type { ShownChild, ShownEntry } from '../../../shared/model/listing.ts';
import type { Key } from '../../../shared/order/key.ts';
import { keyPath } from '../../../shared/order/key-path.ts';

/** What spreadsheets would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A listing as CSV (RFC 4180): names as they are, quoted where that is needed, never taken for formulas. */
export function csvOf(parent: Key, children: readonly ShownChild[]): string {
  const lines = children.map(({ name, kind = '', bytes, hasChildren }) =>
    [name, keyPath([...parent, name]), kind, bytes ?? '', hasChildren ?? ''].map(field).join(','),
  );
  return ['name,path,kind,bytes,hasChildren', ...lines, ''].join('\r\n');
}

function field(value: string | number | boolean): string {
  const text = String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A listing as JSON, with the entries where they were read. */
export function jsonOf(
  parent: Key,
  children: readonly ShownChild[],
  entries?: ReadonlyMap<string, ShownEntry>,
): string {
  const listed = children.map((child) => ({
    ...child,
    path: keyPath([...parent, child.name]),
    ...(entries === undefined ? {} : { entry: entries.get(child.name) ?? null }),
  }));
  return `${JSON.stringify({ path: keyPath(parent), children: listed }, undefined, 2)}\n`;
}
