/** Why the demo cannot go on, in words for the person who started it; no stack helps them. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}
