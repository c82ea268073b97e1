/** What no restore brings back, and people are told. */
export interface Lost {
  /** Topics that were deleted: they come back without records, and offsets in them stand where their logs begin. */
  readonly emptiedTopics: ReadonlySet<string>;
  /** Users whose password nobody has. */
  readonly users: ReadonlySet<string>;
}

export const NOTHING_LOST: Lost = { emptiedTopics: new Set(), users: new Set() };
