import type { Row } from './row.ts';

/** How much a bench does. The goals are for `full`; `small` only shows that it works. */
export interface Scale {
  readonly name: 'full' | 'small';
  /** Measured rounds of either side; a warm-up comes before them. */
  readonly rounds: number;
  /** Znodes that are captured and restored against the clock. */
  readonly znodes: number;
  /** Bytes of record lines that are written, verified and searched. */
  readonly recordBytes: number;
  /** Znodes that are captured under a limit on memory. */
  readonly manyZnodes: number;
  /** How many of them are children of one node, in the variant with a wide node. */
  readonly wideNode: number;
  /** A Kafka that is captured and compared against the clock. */
  readonly kafka: { readonly topics: number; readonly groups: number; readonly acls: number };
  /** Kafka topics that are captured under a limit on memory. */
  readonly manyTopics: number;
  /** Runs that the pages know of before runs are followed on them. */
  readonly pastRuns: number;
}

export const scales: { readonly [name in Scale['name']]: Scale } = {
  full: {
    name: 'full',
    rounds: 5,
    znodes: 200_000,
    recordBytes: 1_000_000_000,
    manyZnodes: 1_000_000,
    wideNode: 300_000,
    kafka: { topics: 2000, groups: 200, acls: 1000 },
    manyTopics: 10_000,
    pastRuns: 100,
  },
  small: {
    name: 'small',
    rounds: 1,
    znodes: 2000,
    recordBytes: 6_000_000,
    manyZnodes: 5000,
    wideNode: 2000,
    kafka: { topics: 20, groups: 5, acls: 10 },
    manyTopics: 50,
    pastRuns: 5,
  },
};

/** One bench: some rows of the table, measured together. */
export interface Bench {
  readonly name: string;
  /** What is measured against what, for people. */
  readonly about: string;
  /** @param say Tells of progress. */
  run(scale: Scale, say: (text: string) => void): Promise<readonly Row[]>;
}
