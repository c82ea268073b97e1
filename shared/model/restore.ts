import { z } from 'zod';
import { fidelity } from './fidelity.ts';
import { jsonObject } from './json.ts';
import { text } from './text.ts';

/** One change of a restore plan. Plain data: a plan is a file of these, one a line. */
export const restoreStep = z.object({
  /** The phase, as the source names it. */
  phase: z.string(),
  action: z.enum(['create', 'change', 'remove', 'raise', 'protect']),
  kind: z.string(),
  /** The live key that is changed. */
  key: z.array(z.string()),
  /** The point's key that it comes from; absent for a removal. */
  from: z.array(z.string()).optional(),
  /** The live version this step was planned on, as the source writes it; null: the object must not exist. */
  expect: jsonObject.nullable(),
  /** Members of the content that change. */
  members: z.array(z.string()),
  fidelity,
});
export type RestoreStep = z.infer<typeof restoreStep>;

/** What became of a step. */
export const stepOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('applied') }),
  /** An interrupted apply had done it before. */
  z.object({ outcome: z.literal('already') }),
  /** The live object is no longer what the plan saw; it was left alone. */
  z.object({ outcome: z.literal('conflict'), found: text }),
  z.object({ outcome: z.literal('failed'), problem: text }),
]);
export type StepOutcome = z.infer<typeof stepOutcome>;
