/*
 * Kafka's words for the numbers of its protocol, as its own Java classes and tools write them.
 */

/** Two-way between numbers and words; a number without a word stands as it is, in decimal. */
class Words {
  readonly #words: ReadonlyMap<number, string>;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(words: { readonly [number: number]: string }) {
    const pairs = Object.entries(words).map(([number, word]) => [Number(number), word] as const);
    this.#words = new Map(pairs);
    this.#numbers = new Map(pairs.map(([number, word]) => [word, number]));
  }

  word(number: number): string {
    return this.#words.get(number) ?? String(number);
  }

  /** @throws RangeError for a word that is neither known nor a number */
  number(word: string): number {
    const number = this.#numbers.get(word) ?? Number(word);
    if (!Number.isInteger(number) || word === '') throw new RangeError(`Kafka has no such word: ${word}`);
    return number;
  }
}

/** `org.apache.kafka.common.resource.ResourceType` */
export const resourceTypes = new Words({
  1: 'ANY',
  2: 'TOPIC',
  3: 'GROUP',
  4: 'CLUSTER',
  5: 'TRANSACTIONAL_ID',
  6: 'DELEGATION_TOKEN',
  7: 'USER',
});

/** `org.apache.kafka.common.resource.PatternType` */
export const patternTypes = new Words({ 1: 'ANY', 2: 'MATCH', 3: 'LITERAL', 4: 'PREFIXED' });

/** `org.apache.kafka.common.acl.AclOperation` */
export const aclOperations = new Words({
  1: 'ANY',
  2: 'ALL',
  3: 'READ',
  4: 'WRITE',
  5: 'CREATE',
  6: 'DELETE',
  7: 'ALTER',
  8: 'DESCRIBE',
  9: 'CLUSTER_ACTION',
  10: 'DESCRIBE_CONFIGS',
  11: 'ALTER_CONFIGS',
  12: 'IDEMPOTENT_WRITE',
  13: 'CREATE_TOKENS',
  14: 'DESCRIBE_TOKENS',
  15: 'TWO_PHASE_COMMIT',
});

/** `org.apache.kafka.common.acl.AclPermissionType` */
export const aclPermissions = new Words({ 1: 'ANY', 2: 'DENY', 3: 'ALLOW' });
