import type { PlanOutput } from '../../contract.ts';
import { GROUP, OFFSETS } from '../content.ts';
import { courseOf, type Judged, judgedPairs, type Restoring } from './course.ts';
import { type Finding, NoteLimit } from './notes.ts';
import { GROUP_EMPTY } from './reasons.ts';
import { rehearse } from './rehearse.ts';
import { siteFindings } from './site-findings.ts';

/** Compares the point with the live cluster in one pass and puts out the steps that make the one like the other. */
export async function plan(options: Restoring & { readonly output: PlanOutput }): Promise<void> {
  const { output } = options;
  const course = await courseOf(options);
  const notes = new PlanNotes(new NoteLimit((note) => output.note(note)));
  const { circumstances, view, scope, signal } = course;
  for await (const finding of siteFindings(circumstances.site, view, scope, signal)) notes.tell(finding);
  let done = 0;
  for await (const batch of judgedPairs(course)) {
    for (const judged of batch) {
      notes.judged(judged);
      for (const step of judged.judgement.steps) {
        const written = output.step(step);
        if (written !== undefined) await written;
      }
    }
    for (const finding of await rehearse(batch, course)) notes.tell(finding);
    done += batch.length;
    output.progress(done);
  }
  notes.finish();
}

/** What the plan has to say beside its steps. */
class PlanNotes {
  readonly #limit: NoteLimit;
  /** Of a group that is not there: it has nothing to come back by, unless offsets follow. */
  #empty: Finding | undefined;

  constructor(limit: NoteLimit) {
    this.#limit = limit;
  }

  tell(finding: Finding): void {
    this.#limit.add(finding);
  }

  judged({ pair, judgement }: Judged): void {
    const { kind } = pair.left ?? pair.right;
    if (kind !== OFFSETS || pair.left === undefined) this.#tellEmpty();
    else this.#empty = undefined;
    for (const finding of judgement.findings) {
      if (kind === GROUP && finding.reason === GROUP_EMPTY) this.#empty = finding;
      else this.#limit.add(finding);
    }
  }

  finish(): void {
    this.#tellEmpty();
    this.#limit.finish();
  }

  #tellEmpty(): void {
    if (this.#empty !== undefined) this.#limit.add(this.#empty);
    this.#empty = undefined;
  }
}
