import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

/*
 * Patterns over names of topics and groups: `*` stands for any characters, `?` for one, a backslash takes the next
 * character as it is.
 */

/** What a list of patterns says of a name. */
export type NameMatch = (name: string) => boolean;

/** @throws HoldfastError `general.invalid-input` for a pattern that ends in a lone backslash */
export function matchNames(patterns: readonly string[]): NameMatch {
  const literals = new Set<string>();
  const globs: RegExp[] = [];
  for (const pattern of patterns) {
    const literal = literalName(pattern);
    if (literal !== undefined) literals.add(literal);
    else globs.push(globOf(pattern));
  }
  return (name) => literals.has(name) || globs.some((glob) => glob.test(name));
}

/** The only name that the pattern matches; undefined when it may match several. */
export function literalName(pattern: string): string | undefined {
  let literal = '';
  for (const { character, quoted } of characters(pattern)) {
    if (!quoted && (character === '*' || character === '?')) return undefined;
    literal += character;
  }
  return literal;
}

function globOf(pattern: string): RegExp {
  let source = '';
  for (const { character, quoted } of characters(pattern)) {
    if (!quoted && character === '*') source += '.*';
    else if (!quoted && character === '?') source += '.';
    else source += character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  return new RegExp(`^${source}$`, 'su');
}

function* characters(pattern: string): Generator<{ readonly character: string; readonly quoted: boolean }> {
  let quoted = false;
  for (const character of pattern) {
    if (!quoted && character === '\\') {
      quoted = true;
      continue;
    }
    yield { character, quoted };
    quoted = false;
  }
  if (quoted) {
    throw new HoldfastError('general.invalid-input', {
      what: detail('pattern', { pattern }),
      problem: detail('pattern-backslash'),
    });
  }
}
