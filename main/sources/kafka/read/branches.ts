import { ACL, BROKER, CONFIG, FEATURE, GROUP, QUOTA, TOPIC, USER } from '../content.ts';
import type { Branch } from '../keys.ts';
import type { BranchReader } from '../reading.ts';
import { readGroups } from './groups.ts';
import { readAcls, readBrokers, readConfigs, readFeatures, readQuotas } from './simple.ts';
import { readTopics } from './topics.ts';
import { readUsers } from './users.ts';

/** How each branch of the keys is read, and the kind of object that is missing when it cannot be. */
export const READERS: {
  readonly [branch in Branch]: { readonly kind: string; readonly read: BranchReader };
} = {
  acls: { kind: ACL, read: readAcls },
  brokers: { kind: BROKER, read: readBrokers },
  configs: { kind: CONFIG, read: readConfigs },
  features: { kind: FEATURE, read: readFeatures },
  groups: { kind: GROUP, read: readGroups },
  quotas: { kind: QUOTA, read: readQuotas },
  topics: { kind: TOPIC, read: readTopics },
  users: { kind: USER, read: readUsers },
};
