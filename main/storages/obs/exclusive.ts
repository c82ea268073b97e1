import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Bucket } from './bucket.ts';

const PROBE = Buffer.from('Holdfast tries whether this object can be replaced.\n');

/**
 * Tries whether the service refuses to replace an object under `If-None-Match: *`; services that do not know the
 * condition ignore it and replace. `key` is one that nobody uses.
 * @throws HoldfastError `storage.breaks-contract` when it does not refuse.
 */
export async function proveConditionalPut(bucket: Bucket, key: string): Promise<void> {
  const put = new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: PROBE, IfNoneMatch: '*' });
  const send = () => bucket.request(key, undefined, (client, options) => client.send(put, options));
  await send().catch(refusedAs('storage.breaks-contract', () => Promise.reject(unable())));
  try {
    const replaced = await send().then(
      () => true,
      refusedAs('storage.exists', () => Promise.resolve(false)),
    );
    if (replaced) throw unable();
  } finally {
    const remove = new DeleteObjectCommand({ Bucket: bucket.name, Key: key });
    await bucket.request(key, undefined, (client, options) => client.send(remove, options));
  }
}

/** Answers an error of that code in another way, and passes on every other. */
function refusedAs<T>(code: HoldfastError['code'], answer: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) =>
    error instanceof HoldfastError && error.code === code ? answer() : Promise.reject(error);
}

function unable(): HoldfastError {
  return new HoldfastError('storage.breaks-contract', {
    problem:
      'it does not honour conditional put (If-None-Match), on which leases rest: two machines could both believe that they created the same object. Where only one Holdfast writes to this bucket, the option conditionalPut can be turned off',
  });
}
