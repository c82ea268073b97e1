import { z } from 'zod';
import type { SourceIdentity } from '../contract.ts';

const identified = z.object({ clusterId: z.string().min(1) });

export const clusterIdentity: SourceIdentity = {
  differs: (known, now) => {
    const before = identified.safeParse(known).data;
    const after = identified.safeParse(now).data;
    return before !== undefined && after !== undefined && before.clusterId !== after.clusterId;
  },
  about: {
    en: 'By the cluster id, which the brokers tell. Addresses and brokers may change.',
    zh: '按 broker 报告的集群 ID 识别；地址与 broker 可以变化。',
  },
};
