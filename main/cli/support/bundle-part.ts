/** One file of a support bundle. */
export interface BundlePart {
  readonly name: string;
  readonly text: string;
}
