import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';

/** A parser for a flag that takes a whole number, at least `least`. */
export function wholeNumber(flag: string, least = 1): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new HoldfastError('general.invalid-input', {
      what: `${flag} ${text}`,
      problem: detail('whole-number-from', { least }),
    });
  };
}
