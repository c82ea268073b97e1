import { z } from 'zod';
import { identifier, instant, name, storageDirectory } from './identifier.ts';
import { jsonObject } from './json.ts';

/** Limits on the load put on a cluster. */
export const clusterLimits = z.object({
  requestsInFlight: z.int().min(1).max(1024),
  objectsPerSecond: z.int().min(1).optional(),
});

/** One service of a cluster that can be backed up. */
export const clusterService = z.object({
  /** The source driver's id. */
  source: z.string(),
  /** What the service is called in its cluster: unique there. `ZooKeeper`, `Kafka-2`. */
  service: name,
  /** The driver's options; secrets are references into the vault. */
  options: z.record(z.string(), z.unknown()),
  /** What it said of itself when it was last backed up, or when a person took it as it was; absent: neither yet. */
  identity: jsonObject.optional(),
});
export type ClusterService = z.infer<typeof clusterService>;

export const environment = z.enum(['production', 'staging', 'test', 'development']);

/** Names of a palette, not colours: what they look like is the theme's. */
export const clusterColour = z.enum([
  'grey',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'indigo',
  'violet',
  'pink',
]);

/** What people know a cluster by among many; none of it changes what is done. */
export const clusterMarks = {
  colour: clusterColour.optional(),
  /** Folders in folders are separated by slashes. */
  folder: storageDirectory.pipe(z.string().min(1).max(200)).optional(),
  description: z.string().max(2000).optional(),
};

/** What is protected. */
export const cluster = z.object({
  id: identifier,
  name,
  environment,
  /** Nothing may be restored into it. */
  readOnly: z.boolean(),
  ...clusterMarks,
  limits: clusterLimits,
  /** The SSH host through which all its services are reached: options of the tunnel; secrets are references. */
  tunnel: z.record(z.string(), z.unknown()).optional(),
  services: z.array(clusterService).min(1),
  created: instant,
});
export type Cluster = z.infer<typeof cluster>;
export type Environment = z.infer<typeof environment>;
export type ClusterColour = z.infer<typeof clusterColour>;
export type ClusterLimits = z.infer<typeof clusterLimits>;

/** Gentle on production, brisk elsewhere. */
export function defaultLimits(kind: Environment): ClusterLimits {
  return { requestsInFlight: kind === 'production' ? 8 : 32 };
}
