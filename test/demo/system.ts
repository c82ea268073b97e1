import type { FidelityNote } from '../../shared/model/fidelity.ts';
import type { ShownDifference } from '../../shared/model/listing.ts';
import type { Moment } from './moments.ts';
import type { Facts, Proof } from './report.ts';
import type { StepNotes } from './stage.ts';

/**
 * A real service that the demo fills, breaks and restores. Filling, breaking, looking and proving are done by
 * clients that are not ours; only what stands in flags goes through Holdfast. Disposing of it stops the service.
 */
export interface System extends AsyncDisposable {
  /** Its name in the cluster, the reports and the file names: `ZooKeeper`. */
  readonly service: string;
  readonly version: string;
  /** What a person connects to, for example `127.0.0.1:2181`. */
  readonly address: string;
  /** How `cluster add` learns about it: `--source` and the flags behind it. */
  readonly clusterFlags: readonly string[];
  /** How `task create` learns what to capture: `--source` and the flags behind it. */
  readonly taskFlags: readonly string[];
  /** A place worth browsing, as the command line writes it. */
  readonly browsePath: string;

  /** Brings in everything that a backup has to hold; the same content every time. */
  fill(notes: StepNotes): Promise<void>;
  /** Reads the whole state by a foreign client and remembers it as that moment's. */
  look(moment: Moment): Promise<Facts>;
  /** What comes in on an ordinary day; every round brings something new. */
  work(round: number): Promise<void>;
  /** Destroys and spoils, for real. */
  damage(notes: StepNotes): Promise<void>;

  /** The archive, unpacked by plain tar into `folder`, has exactly what was seen when it was filled. */
  proveArchive(folder: string): Promise<Proof>;
  /** The differences shown between the point and the live service are exactly those a foreign client sees. */
  proveDifferences(shown: readonly ShownDifference[]): Proof;
  /** Does after a restore what its plan asked people for, by the service's own tools: so many things. */
  finishByHand(asked: readonly FidelityNote[], notes: StepNotes): Promise<number>;
  /** `now` is as `then` was, apart from documented differences. */
  proveSame(now: Moment, then: Moment): readonly Proof[];
  /** The restored service goes on working where it stopped. Changes it a little: comes last. */
  proveUsable(): Promise<readonly Proof[]>;
}
