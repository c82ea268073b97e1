import type { Entry } from '../../../../shared/model/entry.ts';
import {
  CONFIG,
  configContent,
  FEATURE,
  featureContent,
  OFFSETS,
  offsetsContent,
  QUOTA,
  quotaContent,
  TOPIC,
  topicContent,
} from '../content.ts';

const MOST_NAMED = 8;

/** What an object is now in Kafka's own words, for whoever has to decide about a conflict; empty where nothing but that it is there counts. */
export function describeFound(live: Entry): string {
  switch (live.kind) {
    case TOPIC: {
      const { partitions, configs } = topicContent(live);
      return [`partitions=${partitions}`, ...settings(configs)].join(', ');
    }
    case CONFIG:
      return settings(configContent(live).values).join(', ');
    case QUOTA:
      return settings(quotaContent(live).values).join(', ');
    case FEATURE:
      return `level=${featureContent(live).level}`;
    case OFFSETS:
      return shortened(offsetsContent(live).partitions.map(([at, offset]) => `${at}: ${offset}`)).join(', ');
    default:
      return '';
  }
}

function settings(values: { readonly [name: string]: string | number | null }): readonly string[] {
  return shortened(Object.entries(values).map(([name, value]) => `${name}=${value ?? '…'}`));
}

function shortened(items: readonly string[]): readonly string[] {
  return items.length <= MOST_NAMED ? items : [...items.slice(0, MOST_NAMED), '…'];
}
