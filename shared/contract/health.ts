/** Answers 200 while the host runs; needs no token and tells nothing else. */
export const HEALTH_PATH = '/healthz';
