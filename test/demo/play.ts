import type { Holdfast } from './holdfast.ts';
import type { Stage } from './stage.ts';
import type { System } from './system.ts';

/** Everything that the chapters of the demo play with. */
export interface Play {
  readonly stage: Stage;
  readonly holdfast: Holdfast;
  readonly systems: readonly System[];
  /** The working folder; chapters make folders of their own in it. */
  readonly folder: string;
}

/** Names that the demo gives to what it saves. */
export const names = { cluster: 'lab', storage: 'disk', task: 'nightly' } as const;
