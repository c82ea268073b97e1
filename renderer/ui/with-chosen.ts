/** What a filter in the address names is offered even when it is gone, or not yet known. */
export function withChosen(offered: readonly string[], chosen: string | undefined): string[] {
  return chosen === undefined || offered.includes(chosen) ? [...offered] : [chosen, ...offered];
}
