import { HoldfastError } from '../../shared/errors/error.ts';

/** Comes with the pages. */
const PATH = '/third-party-licences.txt';

/** The licences of what Holdfast is built with. @throws HoldfastError `host.connection-lost` */
export async function readLicences(signal: AbortSignal): Promise<string> {
  const response = await fetch(PATH, { signal }).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('host.connection-lost', { problem }, error);
  });
  if (!response.ok)
    throw new HoldfastError('host.connection-lost', { problem: `it answers ${response.status}` });
  return await response.text();
}
