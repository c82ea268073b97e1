import { resolve } from 'node:path';
import { Command } from 'commander';
import { signerKey } from '../../../shared/model/signer.ts';
import { validate } from '../../../shared/options/parse.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, type OpeningOptions, readOpening } from '../options/secret-flags.ts';
import { inspectionText } from '../output/inspection-text.ts';

const EXAMPLE = `
Reads only the file: no data directory, no catalog, no cluster. Archives of other tools are listed safely.

Example:
  holdfast inspect ./3.9_ZooKeeper_20260301020000.tar.gz`;

/** `inspect`: what an archive file is, from the file alone. */
export function inspectCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('inspect')
    .argument('<file>', 'a .tar.gz on this machine')
    .description('tell what an archive file is and holds');
  addOpeningFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLE)
    .action((file: string, options: OpeningOptions) =>
      cli.execute((invocation) => inspect(invocation, file, options, groups)),
    );
}

async function inspect(
  invocation: Invocation,
  file: string,
  options: OpeningOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const { world, output, signal } = invocation;
  const opening = await readOpening(invocation, groups, options, async (text) => [publicKey(text)]);
  const inspection = await world.inspect(resolve(world.cwd, file), opening, signal);
  await output.result(inspection, () => inspectionText(inspection, output));
}

/** Names of signing keys are the vault's, and that is not asked here. */
function publicKey(text: string): string {
  return validate(signerKey, text.toLowerCase(), '--signed-by');
}
