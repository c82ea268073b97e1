import { quote } from './shell.ts';

/** A part of a command line: a word, or a flag with its value. Absent values leave the flag out. */
export type CommandPart =
  | string
  | { readonly flag: string; readonly value?: string | number | boolean | readonly string[] | undefined };

/**
 * The line that does the same on the command line, quoted for a POSIX shell. A flag that is true stands alone, one
 * that is false or undefined is left out, a list repeats its flag. A value that looks like a flag is tied to its own.
 */
export function commandLine(parts: readonly CommandPart[]): string {
  return ['holdfast', ...parts.flatMap(words)].map(quote).join(' ');
}

function words(part: CommandPart): string[] {
  if (typeof part === 'string') return [part];
  const { flag, value } = part;
  if (value === undefined || value === false) return [];
  if (value === true) return [`--${flag}`];
  const values = typeof value === 'object' ? value : [String(value)];
  return values.flatMap((each) => (each.startsWith('-') ? [`--${flag}=${each}`] : [`--${flag}`, each]));
}
