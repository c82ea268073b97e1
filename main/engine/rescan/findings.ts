import type { Message } from '../../../shared/model/message.ts';

/** What a rescan has to tell, one sentence each. */
export class Findings {
  /** What was missing or left over and has been put right. */
  readonly repaired: Message[] = [];
  /** Archives and control files that are not what was written. Nothing about them was changed. */
  readonly damaged: Message[] = [];
  /** What somebody has to know or to do. */
  readonly notes: Message[] = [];
}
