import type { Text, Value } from '../errors/text.ts';

/** The names of a template's `{…}` places. */
export type Places<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Places<Rest>
  : never;

/** What a template needs to be filled: each of its places, and nothing else. */
export type ParamsOf<T extends Text, V = Value> = { readonly [name in Places<T['en']>]: V };

/** Checks a table of messages at compile time while keeping its codes and templates as literal types. */
export function defineMessages<const T extends { readonly [code: string]: Text }>(table: T): T {
  return table;
}

/** The names of a template's places, as they come. */
export function placesOf(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
