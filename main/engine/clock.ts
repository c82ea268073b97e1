/** Time, as the engine is given it. Tests turn it by hand. */
export interface Clock {
  /** The machine's idea of the date; it may jump, both ways. */
  now(): Date;
  /** Milliseconds from some fixed moment; never goes back. On some systems it stands still while the machine sleeps. */
  elapsed(): number;
  /** Calls back once after so many milliseconds of `elapsed`, unless the returned function was called before. */
  after(milliseconds: number, callback: () => void): () => void;
}
