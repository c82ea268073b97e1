import type { RestoreStep } from '../../../shared/model/restore.ts';
import type { Key } from '../../../shared/order/key.ts';
import { isWithin } from '../../../shared/order/key.ts';
import { type Acl, ZooKeeperError } from '../../protocols/zookeeper/index.ts';
import type { PlanOutput, RestoreRequest } from '../contract.ts';
import { isMasked, leavesRoom, masked, type OwnIdentity, restorableAcl } from './acl.ts';
import {
  contentDifference,
  EPHEMERAL,
  kindOf,
  liveEntry,
  recordedSequence,
  sameAcl,
  znodeContent,
} from './content.ts';
import { NoteLimit } from './notes.ts';
import { type LivePair, livePairs, type PairOptions, type Wanted } from './pairs.ts';
import { isFixture, pathOf } from './paths.ts';
import { PlanFrame } from './plan-frame.ts';
import * as reasons from './plan-reasons.ts';
import { nextSequence } from './sequence.ts';
import { changeStep, createStep, protectStep, raiseStep, removeStep } from './steps.ts';
import { lookBack, type Unseen } from './unseen.ts';

export interface PlanOptions extends PairOptions {
  readonly request: RestoreRequest;
  readonly identity: OwnIdentity;
  /** Counters that would have to be raised by more than this are left alone. */
  readonly counterLimit: number;
  readonly output: PlanOutput;
}

/**
 * Compares the point with the live tree in one pass and puts out the steps that make the one like the other. Steps on
 * the way down (create, change) come before those of the nodes below, steps on the way up (remove, counters, ACLs)
 * after them. Memory is bounded by the depth of the tree.
 */
export async function plan(options: PlanOptions): Promise<void> {
  const planner = new Planner(options, await lookBack(options));
  let done = 0;
  for await (const pairs of livePairs(options)) {
    for (const pair of pairs) await planner.visit(pair);
    done += pairs.length;
    options.output.progress(done);
  }
  await planner.finish();
}

class Planner {
  readonly #options: PlanOptions;
  readonly #notes: NoteLimit;
  readonly #unseen: Unseen;
  /** The nodes from the top to the one visited last. */
  readonly #frames: PlanFrame[] = [];
  /** The unseen place noted last: what lies below it comes right after it. */
  #lastKept: string | undefined;

  constructor(options: PlanOptions, unseen: Unseen) {
    this.#options = options;
    this.#unseen = unseen;
    this.#notes = new NoteLimit((note) => options.output.note(note));
  }

  async visit({ left, right }: LivePair): Promise<void> {
    const key = (left ?? right)?.key ?? [];
    await this.#leaveUnless((frame) => isWithin(key, frame.key));
    this.#fillGaps(key);
    const above = this.#frames.at(-1);
    const frame = new PlanFrame(key, above, left, right);
    this.#frames.push(frame);
    if (above?.blocked === true) return;
    if (right?.node instanceof ZooKeeperError) this.#meetUnreadable(frame);
    else if (left === undefined) this.#meetExtra(frame);
    else if (left.entry.kind === EPHEMERAL) this.#meetRecordedEphemeral(frame);
    else if (right === undefined) await this.#meetMissing(left);
    else await this.#meetBoth(frame, left);
  }

  async finish(): Promise<void> {
    await this.#leaveUnless(() => false);
    this.#notes.finish();
  }

  /** Nodes above that neither side has told of: they have to be made before anything below. */
  #fillGaps(key: Key): void {
    for (let length = this.#frames.length; length < key.length; length++) {
      this.#frames.push(new PlanFrame(key.slice(0, length), this.#frames.at(-1), undefined, undefined));
    }
  }

  #meetUnreadable(frame: PlanFrame): void {
    if (frame.scope?.names !== undefined && !frame.selected) return;
    frame.blocked = true;
    this.#notes.add(reasons.UNREADABLE, pathOf(frame.key));
  }

  /** Only the live tree has it. */
  #meetExtra(frame: PlanFrame): void {
    if (frame.live === undefined || this.#options.request.mode === 'merge') return;
    frame.unseen = this.#unseen.placeOf(frame.key, frame.live.stat);
    if (!frame.selected) return;
    if (kindOf(frame.live.stat) === EPHEMERAL) this.#notes.add(reasons.EPHEMERAL_STAYS, pathOf(frame.key));
    else if (frame.unseen !== undefined) this.#keepUnseen(frame.unseen);
    else frame.removable = !isFixture(frame.key);
  }

  #keepUnseen(place: Key): void {
    const path = pathOf(place);
    if (path !== this.#lastKept) this.#notes.add(reasons.UNSEEN, path);
    this.#lastKept = path;
  }

  /** The point recorded an ephemeral node: as far as a restore goes it has none here. */
  #meetRecordedEphemeral(frame: PlanFrame): void {
    if (frame.live === undefined) {
      if (frame.selected) this.#notes.add(reasons.EPHEMERAL_NOT_RESTORED, pathOf(frame.key));
    } else if (kindOf(frame.live.stat) !== EPHEMERAL) this.#meetExtra(frame);
  }

  async #meetMissing(wanted: Wanted): Promise<void> {
    // What is not covered itself is made when something below it needs it.
    if (wanted.scope.selected) await this.#createPath();
  }

  async #meetBoth(frame: PlanFrame, wanted: Wanted): Promise<void> {
    const { live } = frame;
    if (live === undefined) return;
    if (kindOf(live.stat) === EPHEMERAL) {
      frame.blocked = true;
      this.#notes.add(reasons.EPHEMERAL_IN_THE_WAY, pathOf(frame.key));
      return;
    }
    if (!frame.selected) return;
    const { key, entry } = wanted;
    const content = znodeContent(entry);
    const members = contentDifference(key, content, znodeContent(liveEntry(key, live)));
    if (members.includes('data')) await this.#put(changeStep(key, entry.key, live.stat));
    if (members.includes('acl')) frame.protect = this.#canSetAcl(frame, content.acl, live.acl);
  }

  #canSetAcl(frame: PlanFrame, wanted: readonly Acl[], live: readonly Acl[]): boolean {
    if (isMasked(wanted)) {
      this.#notes.add(reasons.ACL_MASKED, pathOf(frame.key));
      return false;
    }
    // The servers hide hashes from this session: as far as can be seen, the ACL is right.
    return !(isMasked(live) && sameAcl(masked(wanted), live));
  }

  /** Plans to create every node that is missing on the way to the one visited, and that one. */
  async #createPath(): Promise<void> {
    for (const above of this.#frames) if (!above.exists) await this.#createOne(above);
  }

  async #createOne(frame: PlanFrame): Promise<void> {
    const entry = frame.wanted?.entry;
    frame.created = true;
    if (frame.above !== undefined) frame.above.newChildren++;
    if (entry === undefined) {
      this.#notes.add(reasons.PARENT_MADE, pathOf(frame.key));
      return this.#put(createStep(frame.key, undefined, false));
    }
    const { acl } = znodeContent(entry);
    if (isMasked(acl)) this.#notes.add(reasons.ACL_MASKED, pathOf(frame.key));
    frame.protect = this.#needsTime(frame, acl, recordedSequence(entry) > 0);
    return this.#put(createStep(frame.key, entry.key, frame.protect));
  }

  /** True when the node must not have its final ACL before the end: see acl.ts. */
  #needsTime(frame: PlanFrame, acl: readonly Acl[], workBelow: boolean): boolean {
    const { identity } = this.#options;
    if (!workBelow || leavesRoom(identity, restorableAcl(identity, acl))) return false;
    if (identity.named) return true;
    this.#notes.add(reasons.LOCKED_OUT, pathOf(frame.key));
    return false;
  }

  async #leaveUnless(stays: (frame: PlanFrame) => boolean): Promise<void> {
    for (let frame = this.#frames.at(-1); frame !== undefined && !stays(frame); frame = this.#frames.at(-1)) {
      this.#frames.pop();
      await this.#leave(frame);
    }
  }

  async #leave(frame: PlanFrame): Promise<void> {
    if (frame.blocked) return;
    if (this.#isToRemove(frame)) return this.#remove(frame);
    const entry = frame.wanted?.entry;
    if (entry === undefined || entry.kind === EPHEMERAL || !(frame.created || frame.selected)) return;
    if (frame.exists) await this.#raise(frame, recordedSequence(entry), entry.key);
    if (frame.protect) await this.#put(protectStep(frame.key, entry.key, frame.live?.stat));
  }

  #isToRemove(frame: PlanFrame): boolean {
    const { live, removedChildren } = frame;
    if (live === undefined) return false;
    const empty = removedChildren === live.stat.numChildren;
    if (frame.removable && !empty) this.#notes.add(reasons.PARENT_STAYS, pathOf(frame.key));
    return empty && (frame.removable || this.#wasMadeForARestore(frame));
  }

  /** A node above the covered ones that the point shows to have been missing, with nothing but extras below it. */
  #wasMadeForARestore(frame: PlanFrame): boolean {
    const { request, mapping } = this.#options;
    if (request.mode === 'merge' || mapping.moved || frame.selected || isFixture(frame.key)) return false;
    if (frame.unseen !== undefined || this.#unseen.wasPassed(frame.key)) return false;
    return frame.wanted === undefined && frame.removedChildren > 0;
  }

  async #remove(frame: PlanFrame): Promise<void> {
    if (frame.live === undefined) return;
    if (frame.above !== undefined) frame.above.removedChildren++;
    await this.#put(removeStep(frame.key, frame.live.stat));
  }

  async #raise(frame: PlanFrame, wanted: number, from: Key): Promise<void> {
    const missing = wanted - ((frame.live ? nextSequence(frame.live.stat) : 0) + frame.newChildren);
    if (missing <= 0) return;
    if (missing > this.#options.counterLimit) this.#notes.add(reasons.COUNTER_TOO_FAR, pathOf(frame.key));
    else await this.#put(raiseStep(frame.key, from, frame.live?.stat));
  }

  async #put(step: RestoreStep): Promise<void> {
    const written = this.#options.output.step(step);
    if (written !== undefined) await written;
  }
}
