/** What one side of a comparison has to choose from. */
export interface SideServices {
  /** The service that it names. */
  readonly named: string | undefined;
  /** The services that it has, none for a file; undefined as long as that is not known. */
  readonly offered: readonly string[] | undefined;
}

/** Which service of the two sides is compared, where they have several. */
export interface ServiceChoice {
  /** Offered for both sides at once; none where there is nothing to choose. */
  readonly common: readonly string[];
  /** To be named by a side that has several services and names none: always one that it has. */
  readonly left: string | undefined;
  readonly right: string | undefined;
  /** What is compared of each side, named or not; undefined for a file, and as long as it is not known. */
  readonly compared: readonly [left: string | undefined, right: string | undefined];
  /** Both sides say what is compared. */
  readonly settled: boolean;
}

/** A side that names no service is taken for the other one's, else for the first of both, else for its own first. */
export function serviceChoice(left: SideServices, right: SideServices): ServiceChoice {
  const { offered: ofLeft } = left;
  const { offered: ofRight } = right;
  if (ofLeft === undefined || ofRight === undefined) {
    const settled = left.named !== undefined && right.named !== undefined;
    const compared = [left.named, right.named] as const;
    return { common: [], left: undefined, right: undefined, compared, settled };
  }
  const both = ofLeft.filter((service) => ofRight.includes(service));
  const compared = [comparedOf(left), comparedOf(right)] as const;
  const differ = compared[0] !== compared[1];
  const lacking = { left: lackingOf(left, right, both), right: lackingOf(right, left, both) };
  return {
    common: both.length > 1 || differ ? both : [],
    ...lacking,
    compared,
    settled: lacking.left === undefined && lacking.right === undefined,
  };
}

function lackingOf(side: SideServices, other: SideServices, both: readonly string[]): string | undefined {
  const { named, offered = [] } = side;
  if (named !== undefined || offered.length < 2) return undefined;
  const wanted = comparedOf(other);
  return wanted !== undefined && offered.includes(wanted) ? wanted : (both[0] ?? offered[0]);
}

/** The only service of a side needs no naming. */
function comparedOf({ named, offered = [] }: SideServices): string | undefined {
  return named ?? (offered.length === 1 ? offered[0] : undefined);
}
