import { RE2JS } from 're2js';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { SearchPattern } from '../../../shared/model/search.ts';

/** Where a text matches; undefined: it does not. */
export interface MatchSpan {
  readonly start: number;
  readonly end: number;
}

/** Finds the first match in a text. */
export type Matcher = (text: string) => MatchSpan | undefined;

/**
 * Takes time in proportion to the text, whatever the pattern: anybody who may look may search, and a host has one
 * thread for all. So expressions are RE2's, which knows neither back references nor looking around.
 * @throws HoldfastError `general.invalid-input` for an expression that is none
 */
export function createMatcher({ text, regularExpression, matchCase }: SearchPattern): Matcher {
  return regularExpression ? expressionMatcher(text, matchCase) : textMatcher(text, matchCase);
}

function textMatcher(text: string, matchCase: boolean): Matcher {
  const wanted = matchCase ? text : text.toLowerCase();
  return (each) => {
    const start = (matchCase ? each : each.toLowerCase()).indexOf(wanted);
    return start < 0 ? undefined : { start, end: start + wanted.length };
  };
}

function expressionMatcher(source: string, matchCase: boolean): Matcher {
  const expression = compile(source, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  return (text) => {
    const found = expression.matcher(text);
    return found.find() ? { start: found.start(), end: found.end() } : undefined;
  };
}

function compile(source: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(source, flags);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('general.invalid-input', { what: detail('the-expression'), problem }, error);
  }
}
