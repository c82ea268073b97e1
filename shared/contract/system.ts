import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { change } from '../model/change.ts';
import { nothing } from './input.ts';

export const system = {
  about: oc
    .input(nothing)
    .output(z.object({ version: z.string(), contract: z.int(), dataDirectory: z.string() })),
  /** What changes from now on, so that a face can show it without asking again and again. */
  changes: oc.input(nothing).output(eventIterator(change)),
};
