import { createContext, Script } from 'node:vm';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { SearchPattern } from '../../../shared/model/search.ts';

/** Where a text matches; undefined: it does not. */
export interface MatchSpan {
  readonly start: number;
  readonly end: number;
}

/** Finds the first match in each of the texts. */
export type Matcher = (texts: readonly string[]) => (MatchSpan | undefined)[];

/** Milliseconds for one batch. An expression that tries every way to match a text would take for ever. */
const PATIENCE = 500;

/** @throws HoldfastError `general.invalid-input` for an expression that is none; the matcher does for one that takes too long */
export function createMatcher({ text, regularExpression, matchCase }: SearchPattern): Matcher {
  return regularExpression ? expressionMatcher(text, matchCase) : textMatcher(text, matchCase);
}

function textMatcher(text: string, matchCase: boolean): Matcher {
  const wanted = matchCase ? text : text.toLowerCase();
  return (texts) =>
    texts.map((each) => {
      const start = (matchCase ? each : each.toLowerCase()).indexOf(wanted);
      return start < 0 ? undefined : { start, end: start + wanted.length };
    });
}

/** Only a script of its own can be stopped in the middle of a match. */
function expressionMatcher(source: string, matchCase: boolean): Matcher {
  const expression = compile(source, matchCase ? 'u' : 'iu');
  const script = new Script(
    'texts.map((text) => { const found = expression.exec(text); return found && [found.index, found[0].length]; })',
  );
  return (texts) => {
    const sandbox = createContext({ texts, expression });
    const found = runBounded(script, sandbox) as readonly (readonly [number, number] | null)[];
    return found.map((span) => (span === null ? undefined : { start: span[0], end: span[0] + span[1] }));
  };
}

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), error);
  }
}

function runBounded(script: Script, sandbox: object): unknown {
  try {
    return script.runInContext(sandbox, { timeout: PATIENCE });
  } catch (error) {
    throw invalid('it takes too long on these texts', error);
  }
}

function invalid(problem: string, cause: unknown): HoldfastError {
  return new HoldfastError('general.invalid-input', { what: 'The regular expression', problem }, cause);
}
