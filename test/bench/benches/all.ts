import type { Bench } from '../frame/bench.ts';
import { capture } from './capture.ts';
import { kafkaCapture } from './kafka-capture.ts';
import { kafkaMemory } from './kafka-memory.ts';
import { kafkaPlan } from './kafka-plan.ts';
import { memory } from './memory.ts';
import { restore } from './restore.ts';
import { seek } from './seek.ts';
import { seekS3 } from './seek-s3.ts';
import { uiExplore } from './ui-explore.ts';
import { uiRuns } from './ui-runs.ts';
import { uiS3 } from './ui-s3.ts';
import { uiStart } from './ui-start.ts';
import { uploadS3 } from './upload-s3.ts';
import { verify } from './verify.ts';
import { write } from './write.ts';

/** Every bench, in the order in which they run. */
export const benches: readonly Bench[] = [
  capture,
  restore,
  write,
  verify,
  seek,
  memory,
  kafkaCapture,
  kafkaPlan,
  seekS3,
  uploadS3,
  kafkaMemory,
  uiExplore,
  uiStart,
  uiRuns,
  uiS3,
];
