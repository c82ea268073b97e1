import { parentPort, workerData } from 'node:worker_threads';
import { type ArchiveFacts, PartCheck, type PartJob } from './part-check.ts';

/** A thread that checks parts: jobs in, lists of verdicts out, in the same order. */
const check = new PartCheck(workerData as ArchiveFacts);

parentPort?.on('message', (jobs: readonly PartJob[]) => {
  parentPort?.postMessage(jobs.map((job) => check.check(job)));
});
