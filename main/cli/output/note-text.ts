import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import { printable } from './printable.ts';

/** What does not come back exactly, as a line for a person. */
export function noteText({ fidelity, kind, text }: FidelityNote): string {
  return `  ${fidelity} ${printable(kind)}: ${printable(text)}\n`;
}
