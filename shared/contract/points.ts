import { oc } from '@orpc/contract';
import { z } from 'zod';
import { identifier } from '../model/identifier.ts';
import { point } from '../model/point.ts';
import { byPoint, byPointBeginning, nothing, page } from './input.ts';

/** A recovery point, and the restore that still needs it: until that is over it cannot be removed. */
const heldPoint = point.extend({ heldBy: identifier.optional() });
export type HeldPoint = z.infer<typeof heldPoint>;

export const points = {
  list: oc.input(z.object({ task: z.string().optional(), ...page })).output(z.array(point)),
  show: oc.input(byPointBeginning).output(heldPoint),
  pin: oc.input(byPoint.extend({ pinned: z.boolean() })).output(point),
  remove: oc.input(byPoint).output(nothing),
};
