import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';
import { compareUtf8, type Key } from '../../../shared/order/key.ts';

/*
 * Patterns over znode paths. A pattern is an absolute path in which `*` stands for any characters of one
 * component, `?` for one of them, and a component `**` for any number of components, none included (at the end:
 * one or more). A backslash takes the next character as it is. A pattern takes the nodes it matches and all
 * below them; one that ends in `/.` takes the nodes alone.
 */

type Component = { readonly literal: string } | { readonly glob: RegExp } | 'anyDepth';

interface Pattern {
  readonly components: readonly Component[];
  /** The matched nodes without what lies below. */
  readonly alone: boolean;
}

interface Position {
  readonly pattern: Pattern;
  /** Components matched so far. */
  readonly at: number;
}

/** What a set of patterns says of one node, and what may come below it. */
export interface MatchState {
  /** The node is matched. */
  readonly matched: boolean;
  /** The node and everything below are matched. */
  readonly everything: boolean;
  /** Neither the node nor anything below can be matched. */
  readonly dead: boolean;
  /** Names of the only children at which anything can be matched; undefined: any name. */
  readonly names: readonly string[] | undefined;
  enter(name: string): MatchState;
}

const EVERYTHING: MatchState = {
  matched: true,
  everything: true,
  dead: false,
  names: undefined,
  enter: () => EVERYTHING,
};

const NOTHING: MatchState = {
  matched: false,
  everything: false,
  dead: true,
  names: [],
  enter: () => NOTHING,
};

class OpenState implements MatchState {
  readonly matched: boolean;
  readonly everything = false;
  readonly dead = false;
  readonly names: readonly string[] | undefined;
  readonly #positions: readonly Position[];

  constructor(positions: readonly Position[], matched: boolean) {
    this.#positions = positions;
    this.matched = matched;
    this.names = literalNames(positions);
  }

  enter(name: string): MatchState {
    const next: Position[] = [];
    for (const { pattern, at } of this.#positions) {
      const component = pattern.components[at];
      if (component === undefined) continue;
      if (component === 'anyDepth') next.push({ pattern, at });
      else if ('literal' in component ? component.literal === name : component.glob.test(name)) {
        next.push({ pattern, at: at + 1 });
      }
    }
    return stateOf(next);
  }
}

/**
 * The state at the root for a set of patterns.
 * @throws HoldfastError `general.invalid-input` for a text that is no pattern.
 */
export function matchPatterns(texts: readonly string[]): MatchState {
  return stateOf(texts.map((text) => ({ pattern: parsePattern(text), at: 0 })));
}

/** The state at the root for literal paths, each taken with all below. */
export function matchKeys(keys: readonly Key[]): MatchState {
  return stateOf(
    keys.map((key) => ({
      pattern: { components: key.map((literal) => ({ literal })), alone: false },
      at: 0,
    })),
  );
}

/** The path that everything matched by the pattern lies at or below. */
export function literalPrefix(text: string): Key {
  const prefix: string[] = [];
  for (const component of parsePattern(text).components) {
    if (component === 'anyDepth' || 'glob' in component) break;
    prefix.push(component.literal);
  }
  return prefix;
}

/** The same pattern with its leading literal components `from` replaced; undefined when it does not begin so. */
export function rebasePattern(text: string, from: Key, into: Key): string | undefined {
  const written = splitComponents(text);
  const literal = literalPrefix(text);
  if (literal.length < from.length || from.some((component, i) => literal[i] !== component)) return undefined;
  const rest = written.slice(from.length);
  return `/${[...into.map(quotePattern), ...rest].join('/')}`;
}

/** A component as a pattern that matches only itself. */
export function quotePattern(component: string): string {
  return component.replace(/[\\*?]/g, '\\$&');
}

function stateOf(positions: readonly Position[]): MatchState {
  let matched = false;
  const open: Position[] = [];
  for (const start of positions) {
    for (const position of withoutDepth(start)) {
      if (position.at < position.pattern.components.length) open.push(position);
      else if (!position.pattern.alone) return EVERYTHING;
      else matched = true;
    }
  }
  return matched || open.length > 0 ? new OpenState(open, matched) : NOTHING;
}

/** The position itself and, where `**` stands for no component at all, the ones after it. */
function* withoutDepth({ pattern, at }: Position): Generator<Position> {
  yield { pattern, at };
  while (pattern.components[at] === 'anyDepth') yield { pattern, at: ++at };
}

function literalNames(positions: readonly Position[]): readonly string[] | undefined {
  const names = new Set<string>();
  for (const { pattern, at } of positions) {
    const component = pattern.components[at];
    if (component === undefined) continue;
    if (component === 'anyDepth' || 'glob' in component) return undefined;
    names.add(component.literal);
  }
  return [...names].sort(compareUtf8);
}

function parsePattern(text: string): Pattern {
  const written = splitComponents(text);
  const alone = written.at(-1) === '.';
  const components = (alone ? written.slice(0, -1) : written).map((part) => parseComponent(part, text));
  if (!alone && components.at(-1) === 'anyDepth') components[components.length - 1] = { glob: /^/ };
  return { components, alone };
}

/** Components as written, quotes kept. */
function splitComponents(text: string): string[] {
  if (!text.startsWith('/')) throw invalid(text, detail('pattern-slash'));
  if (text === '/') return [];
  return text.slice(1).split('/');
}

function parseComponent(part: string, text: string): Component {
  if (part === '') throw invalid(text, detail('pattern-empty'));
  if (part === '.' || part === '..') throw invalid(text, detail('pattern-dots'));
  if (part === '**') return 'anyDepth';
  let literal = '';
  let source = '';
  let plain = true;
  for (let i = 0; i < part.length; i++) {
    const character = part[i] ?? '';
    if (character === '*' || character === '?') {
      plain = false;
      source += character === '*' ? '.*' : '.';
      continue;
    }
    if (character === '\\' && i + 1 === part.length) throw invalid(text, detail('pattern-backslash'));
    const taken = character === '\\' ? (part[++i] ?? '') : character;
    literal += taken;
    source += taken.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  return plain ? { literal } : { glob: new RegExp(`^${source}$`, 's') };
}

function invalid(pattern: string, problem: Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what: detail('pattern', { pattern }), problem });
}
