/** How a flag gave its value: itself, or where to take it from. */
export type FlagForm = 'value' | 'file' | 'stdin' | 'prompt';

export interface GivenFlag {
  readonly form: FlagForm;
  /** Repeated flags give several. Empty for `stdin` and `prompt`. */
  readonly values: readonly string[];
}

/** The flags that stand behind one `--source ID` (or `--storage ID`) on the command line. */
export interface FlagGroup {
  /** The flag that opened the group, without dashes. */
  readonly opener: string;
  readonly id: string;
  /** By name, without dashes and without `-file`, `-stdin`, `-prompt`. */
  readonly flags: ReadonlyMap<string, GivenFlag>;
}

interface OpenGroup extends FlagGroup {
  readonly flags: Map<string, GivenFlag>;
}

/**
 * Sorts flags by what they stand behind: in `--source zookeeper --connect-string a --storage local --directory b`
 * the first belongs to the source and the second to the storage. Flags in front of every opener are loose.
 */
export class FlagGroups {
  readonly #groups: OpenGroup[] = [];
  readonly #loose: OpenGroup = { opener: '', id: '', flags: new Map() };

  /** `--opener id` was met. */
  open(opener: string, id: string): void {
    this.#groups.push({ opener, id, flags: new Map() });
  }

  /** A flag was met; a repeated one adds to its values. */
  give(name: string, form: FlagForm, value?: string): void {
    add((this.#groups.at(-1) ?? this.#loose).flags, name, form, value);
  }

  /** A flag of the command itself was met: wherever it stands, it is loose. */
  giveLoose(name: string, form: FlagForm, value?: string): void {
    add(this.#loose.flags, name, form, value);
  }

  /** The groups that `--opener` began, in order. */
  openedBy(opener: string): readonly FlagGroup[] {
    return this.#groups.filter((group) => group.opener === opener);
  }

  /** Flags in front of every opener. */
  get loose(): FlagGroup {
    return this.#loose;
  }
}

function add(flags: Map<string, GivenFlag>, name: string, form: FlagForm, value: string | undefined): void {
  const before = flags.get(name)?.values ?? [];
  flags.set(name, { form, values: value === undefined ? before : [...before, value] });
}
