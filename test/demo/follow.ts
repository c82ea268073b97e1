import { z } from 'zod';
import { run } from '../../shared/model/run.ts';
import { type Holdfast, lastLine } from './holdfast.ts';

const endedLine = z.object({ event: z.literal('ended'), run });

/** How a command ends whose run has done all it could, and something is left to people. */
const INCOMPLETE = 12;

/** Runs a command that follows a run to its end, complete or not, and gives the run as it ended. */
export async function runToEnd(holdfast: Holdfast, args: readonly string[]) {
  return lastLine(await holdfast.run(args, [0, INCOMPLETE]), endedLine).run;
}
