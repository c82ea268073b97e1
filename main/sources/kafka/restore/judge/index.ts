import { ACL, BROKER, CONFIG, FEATURE, GROUP, OFFSETS, QUOTA, TOPIC, USER } from '../../content.ts';
import { AS_WANTED, type Judge } from '../judgement.ts';
import { judgeAcl } from './acls.ts';
import { judgeConfig } from './configs.ts';
import { judgeFeature } from './features.ts';
import { judgeGroup, judgeOffsets } from './groups.ts';
import { judgeQuota } from './quotas.ts';
import { judgeTopic } from './topics.ts';
import { judgeUser } from './users.ts';

const JUDGES: { readonly [kind: string]: Judge } = {
  [ACL]: judgeAcl,
  [CONFIG]: judgeConfig,
  [FEATURE]: judgeFeature,
  [GROUP]: judgeGroup,
  [OFFSETS]: judgeOffsets,
  [QUOTA]: judgeQuota,
  [TOPIC]: judgeTopic,
  [USER]: judgeUser,
  // Recorded only: a broker cannot be restored through Kafka.
  [BROKER]: () => AS_WANTED,
};

/** Judges a pair of any kind. One that this version does not know is left alone. */
export const judge: Judge = (pair, circumstances) => {
  const kind = (pair.left ?? pair.right)?.kind ?? '';
  return JUDGES[kind]?.(pair, circumstances) ?? AS_WANTED;
};
