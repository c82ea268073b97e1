import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Admission } from './caller.ts';

/** What the host knows about a call to the engine. */
export interface CallContext {
  readonly admission: Admission;
  /** How it came in. */
  readonly face: 'rpc' | 'rest';
}

/** A call on its way to the engine. */
interface Call {
  readonly path: readonly string[];
  readonly input: unknown;
  readonly context: CallContext;
  next(): Promise<unknown>;
}

/** Lets a call through to the engine, or not. */
export type Admit = (call: Call) => Promise<unknown>;

/** Lets calls through while the caller's session lasts. */
export function admitting(): Admit {
  return async ({ context, next }) => {
    if (!(await context.admission.isValid())) throw new HoldfastError('host.unauthorized');
    return next();
  };
}
