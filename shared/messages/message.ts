import { fillBoth, type Params, plainParams, sameInBoth, type Text } from '../errors/text.ts';
import type { Message } from '../model/message.ts';
import { type ParamsOf, placesOf } from './definition.ts';
import { rescanFindings } from './rescan.ts';
import { runLog } from './run-log.ts';

const table = { ...runLog, ...rescanFindings };

export type MessageCode = keyof typeof table;

/** Every sentence that the engine says besides errors, checks and notes. Codes are for programs and do not change. */
export const MESSAGES: { readonly [code in MessageCode]: Text } = table;

/** What fills a message; left out where it has no places. */
export type MessageParams<C extends MessageCode> = keyof ParamsOf<(typeof table)[C]> extends never
  ? []
  : [params: ParamsOf<(typeof table)[C]>];

/** A message, with its English text for whoever does not know the code. */
export function say<C extends MessageCode>(code: C, ...[given]: MessageParams<C>): Message {
  const params = plainParams({ ...given });
  return { code, params, text: fillBoth(MESSAGES[code], params).en };
}

/** What a message says, where it is a part of another one. */
export function words<C extends MessageCode>(code: C, ...[given]: MessageParams<C>): Text {
  return fillBoth(MESSAGES[code], { ...given });
}

/** A message, or a line from before messages had codes. */
export interface Said {
  readonly code?: string | undefined;
  readonly params?: Params | undefined;
  readonly text: string;
}

/** What was said, in both languages: a code that this version does not know, or none, reads as it was written. */
export function messageText({ code, params = {}, text }: Said): Text {
  if (code === undefined || !isMessageCode(code)) return sameInBoth(text);
  const template = MESSAGES[code];
  const lacks = placesOf(template.en).some((name) => params[name] === undefined);
  return lacks ? sameInBoth(text) : fillBoth(template, params);
}

function isMessageCode(code: string): code is MessageCode {
  return Object.hasOwn(table, code);
}
