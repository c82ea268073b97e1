import { z } from 'zod';

/** `/points`: as a list or a calendar, what it is narrowed to (task and cluster by name), and the day that is shown. */
export const pointsSearch = z.object({
  view: z.enum(['list', 'calendar']).optional().catch(undefined),
  task: z.string().optional().catch(undefined),
  cluster: z.string().optional().catch(undefined),
  /** Local: `2026-03-29`. */
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
});
export type PointsSearch = z.infer<typeof pointsSearch>;
