import type { Invocation } from '../invocation.ts';
import { TEXTS } from '../output/texts.ts';
import type { ServedHost, ServeRequest } from '../world.ts';

/**
 * Runs a host on the command's data directory until somebody ends it; `tell` says where it is. The vault is opened as
 * far as the environment can. Errors are those of `World.serve`.
 */
export async function runHost(
  invocation: Invocation,
  request: Omit<ServeRequest, 'dataDirectory' | 'vaultPassphrase'>,
  tell: (host: ServedHost) => Promise<void>,
): Promise<void> {
  const { world, output, dataDirectory, interruption } = invocation;
  const vaultPassphrase = await invocation.givenVaultPassphrase();
  const host = await world.serve({
    ...request,
    dataDirectory,
    ...(vaultPassphrase === undefined ? {} : { vaultPassphrase }),
  });
  try {
    await tell(host);
    if (host.isVaultLocked) await output.note(TEXTS.vaultLocked);
    await interruption.requested();
    await output.note(TEXTS.stopping);
  } finally {
    await host.close();
  }
}
