import { Command, Option } from 'commander';
import { EXIT_CODES } from '../../../shared/errors/category.ts';
import type { Verification } from '../../../shared/model/listing.ts';
import type { Target } from '../../../shared/model/target.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { addOpeningFlags, type OpeningOptions } from '../options/secret-flags.ts';
import type { Output } from '../output/output.ts';
import { bytes, count } from '../output/quantity.ts';
import { TEXTS } from '../output/texts.ts';
import type { Client } from '../session/client.ts';
import { resolveTarget } from '../session/resolve.ts';

interface VerifyOptions extends OpeningOptions {
  readonly source?: string;
  readonly level: 'file' | 'content';
}

const EXAMPLES = `
Exit code 9 when anything is damaged; what was hit is named.

Examples:
  holdfast verify latest:nightly
  holdfast verify 3f9a --level file
  holdfast verify ./3.9_ZooKeeper_20260301020000.tar.gz --signed-by office`;

/** `verify`: reads the stored bytes and proves them sound. */
export function verifyCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('verify')
    .argument('<target>', 'POINT, latest:TASK or FILE')
    .description('read archives and prove that every byte is as it was written')
    .option('--source <service>', 'only this service')
    .addOption(
      new Option('--level <level>', 'file: checksums of the file; content: every entry too')
        .choices(['file', 'content'])
        .default('content'),
    );
  addOpeningFlags(command, groups);
  return command
    .addHelpText('after', EXAMPLES)
    .action((target: string, options: VerifyOptions) =>
      cli.execute((invocation) => verify(invocation, target, options, groups)),
    );
}

async function verify(
  invocation: Invocation,
  text: string,
  options: VerifyOptions,
  groups: FlagGroups,
): Promise<number> {
  const { output, progress, world, signal } = invocation;
  const opening = await invocation.opening(groups, options);
  const client = await invocation.unlockedClient();
  const target = await resolveTarget({ world, output, client }, text, options.source);
  const events = await client.explore.verify(
    { target, level: options.level, ...(opening === undefined ? {} : { opening }) },
    { signal },
  );
  let sound = true;
  for await (const event of events) {
    if (event.event === 'progress') {
      const { done, total } = event;
      await progress.show(output.words(TEXTS.verifying), { done, total });
      await output.event(event);
      continue;
    }
    sound &&= event.verification.sound;
    await progress.clear();
    await output.result(event, () => verificationText(event.verification, output));
  }
  await tellIncomplete(client, target, output);
  return sound ? 0 : EXIT_CODES.integrity;
}

/** Sound is not whole: what a run could not capture, no archive holds. */
async function tellIncomplete(client: Client, target: Target, output: Output): Promise<void> {
  if (target.of !== 'point' || !output.talks) return;
  const { id, complete } = await client.points.show({ point: target.point });
  if (!complete) await output.note(TEXTS.verifiedIncomplete, { id });
}

function verificationText(verification: Verification, output: Output): string {
  const { service, level, sound, signer, damage, entries } = verification;
  const result = output.words(sound ? TEXTS.sound : TEXTS.damaged);
  const size = bytes(verification.bytes);
  const head = output.words(TEXTS.verified, { service, result, level, bytes: size, entries: count(entries) });
  const signed = signer === undefined ? [] : [output.words(TEXTS.signedBy, { signer })];
  return [head, ...signed, ...damage.map((hit) => output.words(TEXTS.damageLine, hit)), ''].join('\n');
}
