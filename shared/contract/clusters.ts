import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cluster, clusterLimits, clusterMarks, clusterService, environment } from '../model/cluster.ts';
import { clusterExport, neededSecrets } from '../model/cluster-export.ts';
import { serviceInventory } from '../model/estimate.ts';
import { name } from '../model/identifier.ts';
import { checkResult } from '../model/preflight.ts';
import { shownHostKey } from '../model/tunnel.ts';
import { archivePassphrase, byName, nothing, rawOptions, renamed, renaming } from './input.ts';

/** What changes in a cluster: members and options that are not given stay, a limit or option that is null is taken away. */
const clusterChange = z.object({
  name,
  environment: environment.optional(),
  readOnly: z.boolean().optional(),
  colour: clusterMarks.colour.nullable(),
  folder: clusterMarks.folder.nullable(),
  description: clusterMarks.description.nullable(),
  limits: z
    .object({
      requestsInFlight: clusterLimits.shape.requestsInFlight.optional(),
      objectsPerSecond: clusterLimits.shape.objectsPerSecond.nullable(),
    })
    .optional(),
  /** Merged with the options that the tunnel has; null does without one. */
  tunnel: rawOptions.nullable().optional(),
  services: z.array(z.object({ service: name, options: rawOptions })).optional(),
  addServices: z.array(clusterService.omit({ identity: true })).optional(),
  /** Names of services that no task backs up. */
  removeServices: z.array(name).optional(),
  /** Takes what its services say of themselves now, after the change, for theirs: from here on that is compared. */
  acceptIdentity: z.boolean().optional(),
});

const clusterProbe = z.object({
  /** A saved cluster: services that it has by the same name keep the options that are not given, secrets too. */
  cluster: name.optional(),
  /** Merged with that of the saved cluster, if there is one; null: without a tunnel. */
  tunnel: rawOptions.nullable().optional(),
  services: z.array(z.object({ source: z.string(), service: name, options: rawOptions })).min(1),
});

export const clusters = {
  list: oc.input(nothing).output(z.array(cluster)),
  show: oc.input(byName).output(cluster),
  add: oc
    .input(
      z.object({
        name,
        environment,
        readOnly: z.boolean(),
        limits: clusterLimits.optional(),
        ...clusterMarks,
        tunnel: rawOptions.optional(),
        services: z.array(clusterService.omit({ identity: true })).min(1),
      }),
    )
    .output(cluster),
  update: oc.input(clusterChange).output(cluster),
  rename: oc.input(renaming).output(renamed(cluster)),
  remove: oc.input(byName).output(nothing),
  /** All clusters where none is named. Secrets are left out, or sealed under a passphrase. */
  export: oc
    .input(z.object({ names: z.array(name).default([]), passphrase: archivePassphrase.optional() }))
    .output(clusterExport),
  /** Adds the clusters; one whose name is taken gets another. */
  import: oc
    .input(z.object({ clusters: clusterExport, passphrase: archivePassphrase.optional() }))
    .output(z.object({ added: z.array(cluster), needed: z.array(neededSecrets) })),
  /** The key that an SSH host shows; nobody signs in. Whoever accepts it gives its fingerprint as the tunnel's `hostKey`. */
  hostKey: oc
    .input(z.object({ host: z.string().trim().min(1), port: z.int().min(1).max(65_535).default(22) }))
    .output(shownHostKey),
  test: oc.input(byName).output(eventIterator(checkResult)),
  /** How much there is: of these services as selected, or of all whole where none is named. */
  inventory: oc
    .input(
      byName.extend({
        services: z.array(z.object({ service: name, selection: rawOptions })).default([]),
      }),
    )
    .output(eventIterator(serviceInventory)),
  /** The checks of `test` for services that are not saved, or not so: nothing is kept. */
  probe: oc.input(clusterProbe).output(eventIterator(checkResult)),
};
