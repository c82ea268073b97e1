import type { RunStep } from '../../shared/model/run.ts';

/** Whether a step counts the bytes that it reads: others count objects. */
export function countsBytes({ name }: Pick<RunStep, 'name'>): boolean {
  return name === 'verify';
}
