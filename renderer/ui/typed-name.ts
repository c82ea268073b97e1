import { printable } from '../../shared/report/printable.ts';

/** Whether what was typed is the name: as it is, or as it is shown where it holds marks that nobody can type. */
export function isTypedName(typed: string, name: string): boolean {
  return typed === name || typed === printable(name);
}
