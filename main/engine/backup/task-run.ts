import type { Task } from '../../../shared/model/task.ts';
import type { EngineContext } from '../context.ts';
import type { RunRecorder } from '../runs/run-recorder.ts';

/** One run of a task, as its parts see it. */
export interface TaskRun {
  readonly context: EngineContext;
  readonly task: Task;
  readonly recorder: RunRecorder;
  readonly signal: AbortSignal;
}
