import type { Connection } from '@platformatic/kafka';

/** One version of a request, with its codec: the library's, or ours made with its `createAPI`. */
export interface RequestVersion<Arguments extends unknown[], Reply> {
  readonly key: number;
  readonly version: number;
  async(connection: Connection, ...values: Arguments): Promise<Reply>;
}

/** A request of Kafka's protocol in the versions that this client speaks. */
export interface Request<Arguments extends unknown[], Reply> {
  readonly name: string;
  /** Newest first. All take the same arguments. */
  readonly versions: readonly RequestVersion<Arguments, Reply>[];
}

/** Version ranges that a broker told, by API key. */
export type ApiRanges = ReadonlyMap<number, { readonly min: number; readonly max: number }>;

export function request<Arguments extends unknown[], Reply>(
  name: string,
  ...versions: readonly RequestVersion<Arguments, Reply>[]
): Request<Arguments, Reply> {
  return { name, versions };
}

/** The newest version that both sides know; undefined when there is none. */
export function negotiate<Arguments extends unknown[], Reply>(
  { versions }: Request<Arguments, Reply>,
  ranges: ApiRanges,
): RequestVersion<Arguments, Reply> | undefined {
  return versions.find(({ key, version }) => {
    const range = ranges.get(key);
    return range !== undefined && version >= range.min && version <= range.max;
  });
}
