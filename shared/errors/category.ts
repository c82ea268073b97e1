/** What kind of trouble an error is: decides the exit code, the colour and who has to act. */
export type ErrorCategory =
  | 'input'
  | 'config'
  | 'auth'
  | 'network'
  | 'missing'
  | 'conflict'
  | 'capacity'
  | 'integrity'
  | 'unsupported'
  | 'cancelled'
  | 'internal';

/** Exit codes of the command line. 0 is success; 1 is left to differences found (`diff`), as `diff` itself does. */
export const EXIT_CODES: { readonly [category in ErrorCategory]: number } = {
  input: 2,
  config: 3,
  auth: 4,
  network: 5,
  missing: 6,
  conflict: 7,
  capacity: 8,
  integrity: 9,
  unsupported: 10,
  cancelled: 11,
  internal: 70,
};

/** The exit code for a run that ended, but without everything it was asked for. */
export const EXIT_INCOMPLETE = 12;
