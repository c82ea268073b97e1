import type { Entry } from '../../../../shared/model/entry.ts';
import type { RestoreStep, StepOutcome } from '../../../../shared/model/restore.ts';
import type { Key } from '../../../../shared/order/key.ts';
import { isKafkaError, type KafkaError } from '../../../protocols/kafka/index.ts';
import type { ApplyOutput } from '../../contract.ts';
import { EntryFeed } from '../../entry-feed.ts';
import { GROUP, OFFSETS, TOPIC, topicContent } from '../content.ts';
import { isDenied } from '../faults.ts';
import { groupKey, keyText } from '../keys.ts';
import { type Course, courseOf, type Restoring } from './course.ts';
import { decide } from './decide.ts';
import type { EntryPair } from './entry-pair.ts';
import { isInactiveState } from './group-state.ts';
import { readLive } from './live.ts';
import {
  ALREADY,
  APPLIED,
  failed,
  GROUP_HAS_MEMBERS,
  isOpen,
  mayBeOwnDoing,
  refusal,
  refused,
} from './outcomes.ts';
import { perform, type Task } from './perform/index.ts';
import { awaitTopics, type Expected, until } from './visible.ts';

/** Steps that are read, decided on and carried out together. */
const BATCH = 500;
/** How long a change may take to be seen by brokers that do not have to know of it at once. */
const SETTLING_MS = 5000;

/** Carries out the steps of a plan, batch by batch. Each step's object is read again right before it is changed. */
export async function apply(
  options: Restoring & { readonly output: ApplyOutput },
  steps: AsyncIterable<readonly RestoreStep[]>,
): Promise<void> {
  const { output } = options;
  let work: PhaseWork | undefined;
  try {
    for await (const batch of steps) {
      for (const run of runsOf(batch)) {
        options.signal?.throwIfAborted();
        const phase = run[0]?.phase ?? '';
        if (work === undefined || work.phase !== phase) {
          await work?.close();
          work = await PhaseWork.begin(options, phase);
        }
        for (const [step, outcome] of await work.carryOut(run)) {
          const written = output.done(step, outcome);
          if (written !== undefined) await written;
        }
      }
    }
  } finally {
    await work?.close();
  }
}

/** Steps of one phase that follow one another, so many at a time. */
function* runsOf(steps: readonly RestoreStep[]): Generator<readonly RestoreStep[]> {
  let from = 0;
  for (let to = 1; to <= steps.length; to++) {
    const samePhase = to < steps.length && steps[to]?.phase === steps[from]?.phase;
    if (samePhase && to - from < BATCH) continue;
    yield steps.slice(from, to);
    from = to;
  }
}

type Outcomes = Map<RestoreStep, StepOutcome>;

/** A task as it was found right before it is carried out. */
interface Look {
  readonly task: Task;
  /** It is about a group that has members: theirs are the offsets, now. */
  readonly active: boolean;
  /** Why nobody tells what it is now. */
  readonly silence: KafkaError | undefined;
}

/** The steps of one phase on their way, with the cluster as it was when the phase began. */
class PhaseWork {
  readonly phase: string;
  readonly #course: Course;
  /** By branch: steps of a branch come in key order. */
  readonly #feeds = new Map<string, EntryFeed>();
  /** How long steps are tried again while none of them goes through. Waited once in vain, later ones do not wait. */
  #patienceMs: number;

  private constructor(course: Course, phase: string) {
    this.#course = course;
    this.phase = phase;
    this.#patienceMs = course.access.options.patience * 1000;
  }

  static async begin(restoring: Restoring, phase: string): Promise<PhaseWork> {
    return new PhaseWork(await courseOf(restoring), phase);
  }

  async carryOut(steps: readonly RestoreStep[]): Promise<Outcomes> {
    const wanted = new Map<RestoreStep, Entry | undefined>();
    for (const step of steps) wanted.set(step, await this.#wanted(step));
    const outcomes: Outcomes = new Map();
    /** Steps that were tried and whose outcome has to be looked at. */
    const tried = new Map<RestoreStep, Error>();
    while (outcomes.size < steps.length) {
      const before = outcomes.size;
      const moved = await until(this.#patienceMs, this.#course.signal, async () => {
        const open = steps.filter((step) => !outcomes.has(step));
        await this.#round(open, wanted, tried, outcomes);
        return outcomes.size > before;
      });
      if (moved) continue;
      this.#patienceMs = 0;
      break;
    }
    for (const step of steps) {
      if (!outcomes.has(step)) outcomes.set(step, untold(tried.get(step)));
    }
    return new Map(steps.map((step) => [step, outcomes.get(step) ?? ALREADY]));
  }

  async close(): Promise<void> {
    for (const feed of this.#feeds.values()) await feed.close();
  }

  #wanted({ from }: RestoreStep): Promise<Entry | undefined> {
    if (from === undefined) return Promise.resolve(undefined);
    const branch = from[0] ?? '';
    const { view, signal } = this.#course;
    const feed = this.#feeds.get(branch) ?? new EntryFeed(view, [branch], signal);
    this.#feeds.set(branch, feed);
    return feed.get(from);
  }

  /** Reads, decides and carries out once; leaves open what has to be looked at again. */
  async #round(
    steps: readonly RestoreStep[],
    wanted: ReadonlyMap<RestoreStep, Entry | undefined>,
    tried: Map<RestoreStep, Error>,
    outcomes: Outcomes,
  ): Promise<void> {
    const open: Task[] = [];
    const done: Task[] = [];
    for (const { task, active, silence } of await this.#looks(steps, wanted, outcomes)) {
      const { step } = task;
      if (silence !== undefined) {
        tried.set(step, silence);
        continue;
      }
      const decided = decide(step, task.wanted, task.live, this.#course.circumstances);
      if (decided?.outcome === 'already' && tried.has(step)) done.push(task);
      else if (decided?.outcome === 'already') outcomes.set(step, decided);
      else if (active) outcomes.set(step, GROUP_HAS_MEMBERS);
      else if (decided === undefined) open.push(task);
      else outcomes.set(step, decided);
    }
    const failures = await perform(open, this.#course);
    for (const [i, task] of open.entries()) {
      const { step } = task;
      const failure = failures[i];
      if (failure === undefined) done.push(task);
      else if (isOpen(failure) || (tried.has(step) && mayBeOwnDoing(failure))) tried.set(step, failure);
      else outcomes.set(step, refusal(step, failure));
    }
    for (const [step, outcome] of await this.#shown(done)) outcomes.set(step, outcome);
  }

  /** What the account may not read again it must not change: these steps have failed. */
  async #looks(
    steps: readonly RestoreStep[],
    wanted: ReadonlyMap<RestoreStep, Entry | undefined>,
    outcomes: Outcomes,
  ): Promise<readonly Look[]> {
    const { reading, circumstances } = this.#course;
    try {
      const silences = new Map<string, KafkaError>();
      const live = await readLive(
        reading,
        steps.map(({ key }) => key),
        (key, error) => silences.set(keyText(key), error),
      );
      const looks = steps.map((step) => ({
        task: { step, wanted: wanted.get(step), live: live(step.key) },
        active: hasMembers(step, live),
        silence: silences.get(keyText(step.key)),
      }));
      await circumstances.logs.learn(looks.flatMap(({ task }) => pairOf(task)));
      return looks;
    } catch (error) {
      if (!isKafkaError(error) || !isDenied(error)) throw error;
      for (const step of steps) outcomes.set(step, refusal(step, error));
      return [];
    }
  }

  /** Waits until brokers show what was done. */
  async #shown(tasks: readonly Task[]): Promise<readonly (readonly [RestoreStep, StepOutcome])[]> {
    const topics = new Map<string, Expected>();
    for (const { step, wanted, live } of tasks) {
      if (step.kind !== TOPIC || step.phase === 'configs') continue;
      const partitions = wanted === undefined ? 0 : topicContent(wanted).partitions;
      const ledFrom = live === undefined || step.action === 'create' ? 0 : topicContent(live).partitions;
      topics.set(step.key[1] ?? '', { partitions, ledFrom });
    }
    const hidden = topics.size === 0 ? new Set<string>() : await awaitTopics(topics, this.#course);
    await this.#settled(tasks.filter(({ step }) => !topics.has(step.key[1] ?? '')));
    return tasks.map(({ step }) => {
      const isHidden = step.kind === TOPIC && hidden.has(step.key[1] ?? '');
      return [step, isHidden ? failed('not-shown') : APPLIED] as const;
    });
  }

  /** Reads again until as many readings as there are brokers have shown what was done. Groups have one broker each. */
  async #settled(tasks: readonly Task[]): Promise<void> {
    const { reading, circumstances, signal } = this.#course;
    const watched = tasks.filter(({ step: { kind } }) => kind !== GROUP && kind !== OFFSETS);
    if (watched.length === 0) return;
    let confirmed = 0;
    await until(SETTLING_MS, signal, async () => {
      const live = await readLive(
        reading,
        watched.map(({ step }) => step.key),
      );
      const shown = watched.every(({ step, wanted }) => {
        return decide(step, wanted, live(step.key), circumstances)?.outcome === 'already';
      });
      confirmed = shown ? confirmed + 1 : 0;
      return confirmed >= circumstances.site.brokers.length;
    });
  }
}

function hasMembers({ kind, key }: RestoreStep, live: (key: Key) => Entry | undefined): boolean {
  if (kind !== GROUP && kind !== OFFSETS) return false;
  const group = live(groupKey(key[1] ?? ''));
  return group !== undefined && !isInactiveState(String(group.observed.state ?? ''));
}

function pairOf({ wanted, live }: Task): EntryPair[] {
  if (wanted === undefined) return live === undefined ? [] : [{ right: live }];
  return [live === undefined ? { left: wanted } : { left: wanted, right: live }];
}

/** Of a step that came to no end: what the last try met. */
function untold(error: Error | undefined): StepOutcome {
  return error === undefined ? failed('not-tried') : refused(error.message);
}
