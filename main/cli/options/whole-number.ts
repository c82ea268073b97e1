import { HoldfastError } from '../../../shared/errors/error.ts';

/** A parser for a flag that takes a whole number, at least `least`. */
export function wholeNumber(flag: string, least = 1): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new HoldfastError('general.invalid-input', {
      what: `${flag} ${text}`,
      problem: `a whole number from ${least} on is needed`,
    });
  };
}
