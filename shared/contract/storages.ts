import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { name } from '../model/identifier.ts';
import { message } from '../model/message.ts';
import { storageFill } from '../model/overview.ts';
import { checkResult } from '../model/preflight.ts';
import { storageConfig } from '../model/storage.ts';
import { byName, driverOptions, nothing, rawOptions, renamed, renaming } from './input.ts';

export const storages = {
  list: oc.input(nothing).output(z.array(storageConfig)),
  add: oc.input(driverOptions.extend({ name })).output(storageConfig),
  /** Changes options: null takes one away, what is not given stays. It is opened once before that counts. */
  update: oc.input(z.object({ name, options: rawOptions })).output(storageConfig),
  rename: oc.input(renaming).output(renamed(storageConfig)),
  /** @throws `storage.*` when it cannot be reached */
  usage: oc.input(byName).output(storageFill),
  remove: oc.input(byName).output(nothing),
  validate: oc.input(byName).output(eventIterator(checkResult)),
  /** The checks of `validate` for a storage that is not saved, or not so: nothing is kept. */
  probe: oc
    .input(
      driverOptions.extend({
        /** A saved storage of the same driver: options that are not given are taken from it, secrets too. */
        storage: name.optional(),
      }),
    )
    .output(eventIterator(checkResult)),
  rescan: oc.input(byName).output(
    z.object({
      tasks: z.int(),
      points: z.int(),
      archives: z.int(),
      /** What was missing or left over and has been put right, a message each; so the others. */
      repaired: z.array(message),
      /** What is not as it was written, and was left as it is. */
      damaged: z.array(message),
      /** What somebody has to know or to do. */
      notes: z.array(message),
    }),
  ),
};
