import { ZooKeeperError } from '../../../main/protocols/zookeeper/index.ts';

/** The ZooKeeperError that a promise is rejected with; throws where it is none. */
export async function failure(promise: Promise<unknown>): Promise<ZooKeeperError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ZooKeeperError) return error;
  throw new Error(`a ZooKeeperError was expected, not ${error}`);
}
