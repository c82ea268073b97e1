import { apiVersionsV3 } from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { request } from './request.ts';
import type { CallOptions } from './types.ts';

const versionsRequest = request('apiVersions', apiVersionsV3.api);

/** The last `metadata.version` of each release in KRaft mode (`org.apache.kafka.server.common.MetadataVersion`). */
const METADATA_LEVELS: readonly (readonly [level: number, release: string])[] = [
  [1, '3.0'],
  [2, '3.1'],
  [3, '3.2'],
  [7, '3.3'],
  [8, '3.4'],
  [11, '3.5'],
  [14, '3.6'],
  [19, '3.7'],
  [20, '3.8'],
  [21, '3.9'],
  [25, '4.0'],
  [27, '4.1'],
  [29, '4.2'],
  [30, '4.3'],
  [31, '4.4'],
];

/** Requests whose versions grew with a release, newest first: all there is to go by in ZooKeeper mode. */
const MARKS: readonly { readonly key: number; readonly version: number; readonly release: string }[] = [
  { key: 2, version: 9, release: '3.9' },
  { key: 16, version: 5, release: '3.8' },
  { key: 1, version: 16, release: '3.7' },
  { key: 1, version: 15, release: '3.5–3.6' },
  { key: 1, version: 13, release: '3.1–3.4' },
  { key: 10, version: 4, release: '3.0' },
  { key: 60, version: 0, release: '2.8' },
];

/** See {@link KafkaClient.release}. */
export async function release(cluster: Cluster, { signal }: CallOptions = {}): Promise<string | null> {
  const told = await cluster.ask(versionsRequest, ['holdfast', '1'], { signal });
  const level = told.supportedFeatures?.find(({ name }) => name === 'metadata.version')?.maxVersion;
  if (level !== undefined) return releaseOfLevel(level);
  const versions = new Map(told.apiKeys.map(({ apiKey, maxVersion }) => [apiKey, maxVersion]));
  return MARKS.find(({ key, version }) => (versions.get(key) ?? -1) >= version)?.release ?? null;
}

function releaseOfLevel(level: number): string {
  const known = METADATA_LEVELS.find(([last]) => level <= last);
  return known?.[1] ?? 'after 4.4';
}
