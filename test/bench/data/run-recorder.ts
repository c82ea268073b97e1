import { RunRecorder } from '../../../main/engine/runs/run-recorder.ts';

/** A run as the engine's verbs write to it, of which nothing is kept or shown. */
export function unwatchedRun(): RunRecorder {
  const run = {
    id: 'bench',
    kind: 'backup',
    state: 'running',
    reason: 'person',
    started: new Date().toISOString(),
    steps: [],
    counts: {},
  } as const;
  const deaf = { changed: () => {}, logged: () => {} };
  return new RunRecorder({ ...run, steps: [] }, () => new Date(), deaf, new AbortController().signal);
}
