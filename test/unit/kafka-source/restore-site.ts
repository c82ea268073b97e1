import type { Site } from '../../../main/sources/kafka/restore/site.ts';

/** A cluster of one broker that the point came from itself, but for what is given. */
export function siteWith(differing: Partial<Site> = {}): Site {
  return {
    same: true,
    brokers: [{ id: 1, rack: null, host: 'h', port: 9092 }],
    known: new Set([1]),
    replaced: new Map(),
    recorded: [{ id: 1, rack: null }],
    features: { epoch: -1n, finalized: [], supported: [] },
    topicConfigs: undefined,
    configTypes: new Set(['topic', 'broker', 'client-metrics', 'group']),
    own: { principal: 'User:restorer', scramUser: undefined },
    writesVerifiers: false,
    ...differing,
  };
}
