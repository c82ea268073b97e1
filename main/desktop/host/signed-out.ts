/** The host wants somebody to sign in. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}
