/**
 * What a translation of `T` looks like: the same keys. Plurals aside: a language with one form for all numbers has
 * `_other` without `_one`.
 */
export type Translated<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Translated<T[K]>;
};
