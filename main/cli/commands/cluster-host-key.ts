import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { TEXTS } from '../output/texts.ts';

/** `cluster host-key`: the key that an SSH host shows, to be compared and accepted. */
export function hostKeyCommand(cli: Cli): Command {
  return new Command('host-key')
    .argument('<host>', 'the SSH host')
    .description('show the key of an SSH host; nobody signs in')
    .option('--port <n>', 'its port', wholeNumber('--port'), 22)
    .action((host: string, { port }: { readonly port: number }) =>
      cli.execute((invocation) => show(invocation, host, port)),
    );
}

async function show(invocation: Invocation, host: string, port: number): Promise<undefined> {
  const client = await invocation.client();
  const key = await client.clusters.hostKey({ host, port }, { signal: invocation.signal });
  await invocation.output.result(key, () => `${key.fingerprint} (${key.type})\n`);
  await invocation.output.note(TEXTS.compareHostKey);
}
