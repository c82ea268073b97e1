import type { messages } from './en/index.ts';
import type { Translated } from './translated.ts';

export type Messages = Translated<typeof messages>;

type Path<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}`;
}[keyof T & string];

type WithoutPlural<P extends string> = P extends `${infer Base}_${'one' | 'other'}` ? Base : P;

/** Every text, as `namespace:path.to.it`; a text with plurals without its `_one` and `_other`. */
export type MessageKey = {
  [N in keyof typeof messages & string]: `${N}:${WithoutPlural<Path<(typeof messages)[N]>>}`;
}[keyof typeof messages & string];
