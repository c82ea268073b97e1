import { setTimeout as delay } from 'node:timers/promises';
import { withLimit } from '../../../main/storages/with/limit.ts';
import { withLog } from '../../../main/storages/with/log.ts';
import { withPrefix } from '../../../main/storages/with/prefix.ts';
import { withRetry } from '../../../main/storages/with/retry.ts';
import { MemoryStorage } from '../../storages/memory-storage.ts';
import { withFaults } from '../../storages/with-faults.ts';
import { storageConformance } from './suite.ts';

const sleep = async (milliseconds: number) => void (await delay(milliseconds));
const nothing = async () => {};

storageConformance({
  name: 'memory',
  open: async () => ({ storage: new MemoryStorage(), cleanup: nothing }),
});

storageConformance({
  name: 'memory behind every decorator',
  open: async () => {
    const faulty = withFaults(new MemoryStorage(), () => undefined, sleep);
    const logged = withLog(
      faulty,
      'memory',
      () => {},
      () => 0,
    );
    const limited = withLimit(withPrefix(logged, 'some/where'), 2);
    const policy = { patience: 2, firstDelay: 1, longestDelay: 1 };
    const context = { random: Math.random, elapsed: () => performance.now(), sleep };
    return { storage: withRetry(limited, policy, context), cleanup: nothing };
  },
});
