/** SPDX identifiers of licences under which others may ship the package with Holdfast, whatever Holdfast's own. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** Whether an SPDX expression allows it: one of what `OR` offers, all of what `AND` joins. */
export function isAllowed(licence: string): boolean {
  const text = licence.trim().replace(/^\((.*)\)$/, '$1');
  // Brackets within brackets are in use nowhere: such an expression is for a person to read.
  if (/[()]/.test(text)) return false;
  return text.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((id) => ALLOWED.has(id)));
}
