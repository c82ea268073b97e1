import type { Key } from '../../../shared/order/key.ts';
import { type NodeRead, ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { Wanted } from './pairs.ts';
import type { Scope } from './scope.ts';
import type { Visited } from './walk.ts';

/** A node on the way from the root to the one that a plan looks at. */
export class PlanFrame {
  readonly key: Key;
  readonly above: PlanFrame | undefined;
  /** What the point has. */
  readonly wanted: Wanted | undefined;
  /** What the live tree has, if it may be read. */
  readonly live: NodeRead | undefined;
  readonly scope: Scope | undefined;
  /** The live tree has the node, readable or not. */
  readonly #lives: boolean;
  /** Nothing can be done here or below. */
  blocked: boolean;
  /** Of an extra: the place that the capture could not see, at or above it. */
  unseen: Key | undefined;
  /** An extra that may go when nothing is left below it. */
  removable = false;
  /** The plan creates it. */
  created = false;
  /** The plan sets its ACL at the end. */
  protect = false;
  /** Children that the plan creates. */
  newChildren = 0;
  /** Children that the plan removes. */
  removedChildren = 0;

  constructor(
    key: Key,
    above: PlanFrame | undefined,
    wanted: Wanted | undefined,
    visited: Visited | undefined,
  ) {
    this.key = key;
    this.above = above;
    this.wanted = wanted;
    this.scope = wanted?.scope ?? visited?.scope;
    this.#lives = visited !== undefined || key.length === 0;
    this.live = visited === undefined || visited.node instanceof ZooKeeperError ? undefined : visited.node;
    this.blocked = above?.blocked ?? false;
  }

  get exists(): boolean {
    return this.#lives || this.created;
  }

  /** Covered itself, not only on the way to what is. */
  get selected(): boolean {
    return this.scope?.selected ?? false;
  }
}
