import { fillBoth, type Text } from '../errors/text.ts';
import { archiveDetails } from './archive-details.ts';
import { cliDetails } from './cli-details.ts';
import type { ParamsOf } from './definition.ts';
import { engineDetails } from './engine-details.ts';
import { hostDetails } from './host-details.ts';
import { sourceDetails } from './source-details.ts';
import { storageDetails } from './storage-details.ts';

const table = {
  ...archiveDetails,
  ...cliDetails,
  ...engineDetails,
  ...hostDetails,
  ...sourceDetails,
  ...storageDetails,
};

export type DetailCode = keyof typeof table;

/** Details that errors name in their params: a part of a sentence each. */
export const DETAILS: { readonly [code in DetailCode]: Text } = table;

/** What fills a detail; left out where it has no places. */
export type DetailParams<C extends DetailCode> = keyof ParamsOf<(typeof table)[C]> extends never
  ? []
  : [params: ParamsOf<(typeof table)[C]>];

/** A detail in both languages, for the params of an error. */
export function detail<C extends DetailCode>(code: C, ...[params]: DetailParams<C>): Text {
  return fillBoth(DETAILS[code], { ...params });
}
