import type { Proof } from '../report.ts';
import type { StepNotes } from '../stage.ts';
import type { System } from '../system.ts';

/** Tells the proofs of one system, and keeps them under its name. */
export function proveFor(notes: StepNotes, { service }: System, proofs: readonly Proof[]): void {
  for (const proof of proofs) notes.prove({ ...proof, service });
}
