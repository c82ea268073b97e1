import type { Text } from '../../shared/errors/text.ts';

/** What a step did, in numbers and names, for programs. */
export type Facts = { readonly [name: string]: string | number | boolean };

/** A claim that was checked by something that is not ours. */
export interface Proof {
  /** Stable name for programs: `restored-as-filled`. */
  readonly proof: string;
  /** The service that it is about; absent: all of them. */
  readonly service?: string;
  readonly equal: boolean;
  /** The claim as people read it; facts fill its places. */
  readonly claim: Text;
  readonly facts: Facts;
  /** What stands against it, the first few, in words. */
  readonly differences: readonly string[];
}

/** A use of our own command line. */
export interface CommandReport {
  readonly command: string;
  readonly exitCode: number;
  readonly seconds: number;
}

export interface StepReport {
  readonly step: string;
  readonly seconds: number;
  readonly ok: boolean;
  readonly facts: Facts;
  readonly commands: readonly CommandReport[];
}

export type ProofReport = Omit<Proof, 'claim'> & { readonly step: string };

/** The whole demo as one line of JSON. */
export interface DemoReport {
  /** True when every step was done and every proof holds. */
  readonly ok: boolean;
  readonly started: string;
  readonly seconds: number;
  readonly versions: { readonly [what: string]: string };
  readonly steps: readonly StepReport[];
  readonly proofs: readonly ProofReport[];
  /** Why the demo stopped before its end. */
  readonly error?: string;
}
