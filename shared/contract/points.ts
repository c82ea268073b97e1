import { oc } from '@orpc/contract';
import { z } from 'zod';
import { identifier, instant } from '../model/identifier.ts';
import { point } from '../model/point.ts';
import { proof } from '../model/proof.ts';
import { byPoint, byPointBeginning, nothing, page } from './input.ts';

/** A recovery point, and the restore that still needs it: until that is over it cannot be removed. */
const heldPoint = point.extend({ heldBy: identifier.optional() });
export type HeldPoint = z.infer<typeof heldPoint>;

/** Newest first. Task and cluster by name or id; a point outlives both. */
const pointFilter = z.object({
  task: z.string().optional(),
  cluster: z.string().optional(),
  since: instant.optional(),
  until: instant.optional(),
  ...page,
});

/** A recovery point as a timeline or a calendar shows it. */
export const timelinePoint = point.omit({ archives: true }).extend({
  services: z.array(z.string()),
  /** Bytes of all its archives. */
  bytes: z.int(),
  encrypted: z.boolean(),
  signed: z.boolean(),
  /** How many things its archives do not bring back exactly. */
  notes: z.int(),
  /** Of all its archives: the oldest verification, by the lesser level. Absent: one was never verified. */
  verified: proof.optional(),
});
export type TimelinePoint = z.infer<typeof timelinePoint>;

export const points = {
  list: oc.input(pointFilter).output(z.array(point)),
  /** The same points with what a timeline shows of them and no more. */
  timeline: oc.input(pointFilter).output(z.array(timelinePoint)),
  show: oc.input(byPointBeginning).output(heldPoint),
  pin: oc.input(byPoint.extend({ pinned: z.boolean() })).output(point),
  remove: oc.input(byPoint).output(nothing),
};
