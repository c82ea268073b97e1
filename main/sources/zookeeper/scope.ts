import type { Key } from '../../../shared/order/key.ts';
import type { MatchState } from './patterns.ts';

/** What of a tree is covered, seen from one node. */
export interface Scope {
  /** This node is covered. */
  readonly selected: boolean;
  /** Something below may be covered. */
  readonly below: boolean;
  /** Names of the only children that matter; undefined: any may. */
  readonly names: readonly string[] | undefined;
  enter(name: string): Scope;
}

/** Everything from here down. */
export const WHOLE: Scope = { selected: true, below: true, names: undefined, enter: () => WHOLE };

/** Nothing from here down. */
export const NOTHING: Scope = { selected: false, below: false, names: [], enter: () => NOTHING };

/** Covered where every one of `all` matches and `none` does not. */
export function coverScope(all: readonly MatchState[], none: MatchState): Scope {
  if (none.everything || all.some((state) => state.dead)) return NOTHING;
  if (none.dead && all.every((state) => state.everything)) return WHOLE;
  return new CoverScope(all, none);
}

class CoverScope implements Scope {
  readonly below = true;
  readonly #all: readonly MatchState[];
  readonly #none: MatchState;

  constructor(all: readonly MatchState[], none: MatchState) {
    this.#all = all;
    this.#none = none;
  }

  get selected(): boolean {
    return !this.#none.matched && this.#all.every((state) => state.matched);
  }

  get names(): readonly string[] | undefined {
    let fewest: readonly string[] | undefined;
    for (const { names } of this.#all) {
      if (names !== undefined && (fewest === undefined || names.length < fewest.length)) fewest = names;
    }
    return fewest;
  }

  enter(name: string): Scope {
    return coverScope(
      this.#all.map((state) => state.enter(name)),
      this.#none.enter(name),
    );
  }
}

/** Nothing but `inner`, which begins at `path`; the nodes above it are passed through. */
export function scopeAtPath(path: Key, inner: Scope): Scope {
  const [name, ...rest] = path;
  return name === undefined ? inner : onlyChildren([name], () => scopeAtPath(rest, inner));
}

/** A node that is passed through to some of its children. */
export function onlyChildren(names: readonly string[], child: (name: string) => Scope): Scope {
  const known = new Set(names);
  return {
    selected: false,
    below: true,
    names,
    enter: (name) => (known.has(name) ? child(name) : NOTHING),
  };
}

/**
 * Leaves out what belongs to the servers: of `/zookeeper` only the quotas can be captured and restored. Meant
 * for the root of a service without a chroot; below one, `zookeeper` is a name like any other.
 */
export function withoutSystemNodes(root: Scope): Scope {
  return {
    get selected() {
      return root.selected;
    },
    below: root.below,
    names: root.names,
    enter(name) {
      const inner = root.enter(name);
      if (name !== 'zookeeper' || !inner.below) return inner;
      return onlyChildren(['quota'], (child) => inner.enter(child));
    },
  };
}

/** The scope at a node below. */
export function scopeAt(scope: Scope, key: Key): Scope {
  return key.reduce((at, name) => at.enter(name), scope);
}

/** True where a capture or a comparison has to look at the node: it is covered, or on the way to what is. */
export function matters(scope: Scope): boolean {
  return scope.selected || scope.below;
}

/** Follows a scope along ascending keys without starting from the root for each. */
export class ScopeTracker {
  readonly #scopes: Scope[];
  #key: Key = [];

  constructor(root: Scope) {
    this.#scopes = [root];
  }

  at(key: Key): Scope {
    let shared = 0;
    while (shared < this.#key.length && shared < key.length && this.#key[shared] === key[shared]) shared++;
    this.#scopes.length = shared + 1;
    let scope = this.#scopes[shared] ?? NOTHING;
    for (let i = shared; i < key.length; i++) {
      scope = scope.enter(key[i] ?? '');
      this.#scopes.push(scope);
    }
    this.#key = key;
    return scope;
  }
}
