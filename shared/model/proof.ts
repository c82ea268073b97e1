import { z } from 'zod';
import { instant } from './identifier.ts';

/** What a verification found that read an archive's bytes. */
export const proof = z.object({
  at: instant,
  level: z.enum(['file', 'content']),
  sound: z.boolean(),
});
export type Proof = z.infer<typeof proof>;

/**
 * What is known of an archive after one more verification. That its bytes are as they were written says nothing of
 * what was found in them: a sound file leaves the proof of the content standing, good or bad.
 */
export function standingProof<P extends Proof>(before: P | undefined, next: P): P {
  return before?.level === 'content' && next.level === 'file' && next.sound ? before : next;
}
