import { z } from 'zod';

const offset = z.union([z.int(), z.string()]);

/* What is read of Kafka's objects to show them. Anything that does not fit is shown as JSON. */

export const topicContent = z.object({
  id: z.string().nullable(),
  partitions: z.int(),
  replicas: z.array(z.array(z.int())),
  configs: z.record(z.string(), z.string().nullable()),
});
export type TopicContent = z.infer<typeof topicContent>;

export const offsetsContent = z.object({
  partitions: z.array(z.tuple([z.int(), offset, z.string().nullable()])),
});
const offsetsObserved = z.object({ log: z.array(z.tuple([z.int(), offset, offset])) });

export const configContent = z.object({ values: z.record(z.string(), z.string().nullable()) });
export const groupContent = z.object({ type: z.string(), protocolType: z.string() });
export const groupObserved = z.object({ state: z.string() });
export const quotaContent = z.object({
  entity: z.record(z.string(), z.string().nullable()),
  values: z.record(z.string(), z.number()),
});
export const brokerContent = z.object({ rack: z.string().nullable() });
export const brokerObserved = z.object({ host: z.string(), port: z.int() });
export const userContent = z.object({ iterations: z.int(), storedKey: z.string().optional() });
export const featureContent = z.object({ level: z.int() });

/** Where a group stands in a partition. */
export interface PartitionOffset {
  readonly partition: number;
  readonly offset: bigint;
  /** Messages between it and the end of the log, as it was; undefined: the log was not seen. */
  readonly lag: bigint | undefined;
  readonly metadata: string | null;
}

/** Offsets of a group in a topic, with the lag where the log's end was seen; undefined for another content. */
export function partitionOffsets(content: unknown, observed: unknown): PartitionOffset[] | undefined {
  const parsed = offsetsContent.safeParse(content);
  if (!parsed.success) return undefined;
  const log = offsetsObserved.safeParse(observed);
  const ends = new Map((log.data?.log ?? []).map(([partition, , end]) => [partition, BigInt(end)]));
  return parsed.data.partitions.map(([partition, committed, metadata]) => {
    const end = ends.get(partition);
    const at = BigInt(committed);
    return { partition, offset: at, lag: end === undefined ? undefined : end - at, metadata };
  });
}
