import { resolve } from 'node:path';
import { Command } from 'commander';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, type OpeningOptions } from '../options/secret-flags.ts';
import { TEXTS } from '../output/texts.ts';
import { resolveTarget } from '../session/resolve.ts';

interface ValueOptions extends OpeningOptions {
  readonly source?: string;
  readonly out: string;
}

const EXAMPLES = `
What has no raw value of its own, such as a topic, is written as JSON.

Example:
  holdfast value latest:nightly /app/config --out config.bin`;

/** `value`: writes the raw value of an entry to a file. */
export function valueCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('value')
    .argument('<target>', 'POINT, latest:TASK, FILE or cluster:NAME')
    .argument('<path>', 'the entry')
    .description('write the raw value of an entry to a file, byte for byte')
    .requiredOption('--out <file>', 'file to write')
    .option('--source <service>', 'the service, where there are several');
  addOpeningFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action((target: string, path: string, options: ValueOptions) =>
      cli.execute((invocation) => writeValue(invocation, target, path, options, groups)),
    );
}

async function writeValue(
  invocation: Invocation,
  targetText: string,
  path: string,
  options: ValueOptions,
  groups: FlagGroups,
): Promise<undefined> {
  const { world, output, signal } = invocation;
  const opening = await invocation.opening(groups, options);
  const client = await invocation.unlockedClient();
  const place = {
    target: await resolveTarget({ world, output, client }, targetText, options.source),
    key: [...parseKeyPath(path)],
    ...(opening === undefined ? {} : { opening }),
  };
  const chunks: Buffer[] = [];
  for (let read = 0, size = 1; read < size; ) {
    const range = await client.explore.value({ ...place, offset: read }, { signal });
    if (!range.present) {
      const problem = detail('no-value');
      throw new HoldfastError('general.invalid-input', { what: keyPath(place.key), problem });
    }
    const chunk = Buffer.from(range.base64, 'base64');
    if (chunk.length === 0) break;
    chunks.push(chunk);
    read += chunk.length;
    size = range.size;
  }
  const file = resolve(world.cwd, options.out);
  const value = Buffer.concat(chunks);
  await world.writeFile(file, value);
  await output.result(
    { path: file, bytes: value.length },
    () => `${output.words(TEXTS.written, { path: file })}\n`,
  );
}
