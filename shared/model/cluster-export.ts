import { z } from 'zod';
import { clusterLimits, clusterMarks, environment } from './cluster.ts';
import { instant, name } from './identifier.ts';
import { jsonObject } from './json.ts';

/** What `format` says in an export that this version writes. */
export const EXPORT_FORMAT = 'holdfast-clusters/1.0';

/** What stands for the tunnel where secrets are told by service; no service can be called so. */
export const TUNNEL_SECRETS = 'tunnel:';

/** Definitions of clusters for another installation. Anybody may have written it: it is checked like any input. */
export const clusterExport = z.object({
  format: z.string().regex(/^holdfast-clusters\/1\.\d+$/, 'it is not an export of clusters'),
  written: instant,
  clusters: z
    .array(
      z.object({
        name,
        environment,
        readOnly: z.boolean(),
        limits: clusterLimits,
        ...clusterMarks,
        /** As for a service; its secrets stand below `TUNNEL_SECRETS` among those of the services. */
        tunnel: z.object({ options: jsonObject, secrets: z.array(z.string()) }).optional(),
        services: z
          .array(
            z.object({
              source: z.string(),
              service: name,
              options: jsonObject,
              /** Fields that were left out of the options: they are sealed below, or have to be entered again. */
              secrets: z.array(z.string()),
              identity: jsonObject.optional(),
            }),
          )
          .min(1),
      }),
    )
    .min(1)
    .max(1000),
  /** The secrets under a passphrase, as the vault's own key is kept: Argon2id, then AES-256-GCM. */
  sealed: z.object({ key: jsonObject, secrets: z.string() }).optional(),
});
export type ClusterExport = z.infer<typeof clusterExport>;

/** Secrets that an import did not bring along: to be entered again. Those of a tunnel are told as a service's. */
export const neededSecrets = z.object({ cluster: name, service: name, secrets: z.array(z.string()) });
