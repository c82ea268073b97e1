import type { RestoreStep } from '../../../../shared/model/restore.ts';
import { mergeByKey } from '../../../../shared/order/merge.ts';
import type { PointView, RestoreRequest } from '../../contract.ts';
import type { KafkaAccess } from '../access.ts';
import { GROUP, OFFSETS } from '../content.ts';
import { readPass } from '../read/pass.ts';
import { Reading } from '../reading.ts';
import { parseSelection, scopeOf } from '../selection.ts';
import type { EntryPair } from './entry-pair.ts';
import { judge } from './judge/index.ts';
import { AS_WANTED, type Circumstances, type Judgement } from './judgement.ts';
import { LogSpace } from './log-space.ts';
import { type RestoreScope, restoreScope } from './scope.ts';
import { readSite } from './site.ts';
import { Unread } from './unread.ts';
import { Unseen } from './unseen.ts';

export interface Restoring {
  readonly access: KafkaAccess;
  readonly view: PointView;
  readonly request: RestoreRequest;
  readonly signal?: AbortSignal | undefined;
}

/** What is restored, and what has to be known for it. */
export interface Course extends Restoring {
  readonly scope: RestoreScope;
  readonly reading: Reading;
  readonly circumstances: Circumstances;
  /** The cluster only says whether it would do what it is asked. */
  readonly validateOnly: boolean;
}

/** Looks at point and cluster as far as judging needs it. @throws KafkaError, HoldfastError `general.invalid-input` */
export async function courseOf(restoring: Restoring): Promise<Course> {
  const { access, view, request, signal } = restoring;
  const scope = restoreScope(parseSelection(view.selection), request);
  const reading = new Reading(access, scopeOf(scope.affected), signal, ({ error }) => {
    throw error;
  });
  const topics = reading.allTopics();
  const site = await readSite(access, view, topics, signal);
  const circumstances = {
    mode: request.mode,
    site,
    unseen: new Unseen(view),
    logs: new LogSpace({ reading, view, covers: scope.covers }),
  };
  return { ...restoring, scope, reading, circumstances, validateOnly: false };
}

export interface Judged {
  readonly pair: EntryPair;
  readonly judgement: Judgement;
}

/**
 * Point and cluster side by side in key order, as far as the request covers them, with what is to be done. Kinds that the
 * account may not read here are left alone.
 */
export async function* judgedPairs(course: Course): AsyncGenerator<readonly Judged[]> {
  const { view, access, scope, circumstances, signal } = course;
  const wanted = covered(view.entries([], signal), scope);
  const unread = new Unread();
  const reading = new Reading(access, scopeOf(scope.affected), signal, (problem) => unread.learn(problem));
  const live = covered(readPass(reading), scope);
  const groups = new GroupCourse();
  for await (const pairs of mergeByKey(wanted, live)) {
    await circumstances.logs.learn(pairs);
    yield pairs.map((pair) => {
      return { pair, judgement: unread.judge(pair) ?? groups.judge(pair, circumstances) };
    });
  }
}

async function* covered<T extends { readonly key: readonly string[] }>(
  batches: AsyncIterable<readonly T[]>,
  { covers }: RestoreScope,
): AsyncGenerator<readonly T[]> {
  for await (const batch of batches) yield batch.filter(({ key }) => covers(key));
}

/** Judges groups together with their offsets, which follow them. */
class GroupCourse {
  /** The group that goes, with all its offsets. */
  #removed: string | undefined;

  judge(pair: EntryPair, circumstances: Circumstances): Judgement {
    const { kind, key } = pair.left ?? pair.right;
    if (kind === OFFSETS && key[1] === this.#removed) return AS_WANTED;
    const judgement = judge(pair, circumstances);
    if (kind === GROUP) this.#removed = isRemoval(judgement.steps) ? key[1] : undefined;
    return judgement;
  }
}

function isRemoval(steps: readonly RestoreStep[]): boolean {
  return steps.some(({ action }) => action === 'remove');
}
