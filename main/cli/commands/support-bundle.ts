import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { TEXTS } from '../output/texts.ts';
import { bundleParts } from '../support/bundle-parts.ts';

interface SupportBundleOptions {
  readonly hostLog?: string;
}

const NOTES = `
In it are versions, clusters, storages and tasks as they are set up, the last runs with their logs, the audit log and,
if given, the end of the host's log. Passwords, keys and tokens are left out, and what looks like one is hidden; names,
paths and addresses are not. Look into it before you pass it on.

Example:
  holdfast support-bundle support.tar.gz --host-log /var/log/holdfast.log`;

/** `support-bundle`: what somebody needs to find a fault from afar. */
export function supportBundleCommand(cli: Cli): Command {
  return new Command('support-bundle')
    .description('pack what is needed to find a fault, without secrets, into a .tar.gz')
    .argument('<file>', 'where it is written; it must not exist')
    .option('--host-log <path>', 'add the end of the log that holdfast serve --log-file writes')
    .addHelpText('after', NOTES)
    .action((file: string, options: SupportBundleOptions) =>
      cli.execute((invocation) => pack(invocation, file, options)),
    );
}

async function pack(
  invocation: Invocation,
  file: string,
  { hostLog }: SupportBundleOptions,
): Promise<undefined> {
  const { world, dataDirectory, output } = invocation;
  const path = resolve(world.cwd, file);
  const parts = bundleParts({
    world,
    dataDirectory,
    client: () => invocation.client(),
    ...(hostLog === undefined ? {} : { hostLog: resolve(world.cwd, hostLog) }),
  });
  await world.writeBundle(path, parts);
  await output.result({ file: path }, () => `${output.words(TEXTS.bundleWritten, { file: path })}\n`);
}
