import { z } from 'zod';

/** How faithfully an object comes back: as it was, as good as it was, with a loss, or by a person's hand. */
export const fidelity = z.enum(['exact', 'equivalent', 'partial', 'operator']);
export type Fidelity = z.infer<typeof fidelity>;

/** Something that a capture or restore does not bring back exactly, or at all. */
export const fidelityNote = z.object({
  fidelity,
  /** Kind of object. */
  kind: z.string(),
  /** Stable name of the reason, for programs: `ephemeral-not-restored`. */
  code: z.string(),
  /** One sentence for people, English. */
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Of an archive: it is about something that was selected and is lacking, since it could not be read or was not there. */
  lack: z.enum(['unread', 'absent']).optional(),
});
export type FidelityNote = z.infer<typeof fidelityNote>;
