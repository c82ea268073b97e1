import { z } from 'zod';
import { run } from '../../shared/model/run.ts';
import { type Holdfast, lastLine } from './holdfast.ts';

const endedLine = z.object({ event: z.literal('ended'), run });

/** Runs a command that follows a run to its end, and gives the run as it ended. */
export async function runToEnd(holdfast: Holdfast, args: readonly string[]) {
  return lastLine(await holdfast.run(args), endedLine).run;
}
