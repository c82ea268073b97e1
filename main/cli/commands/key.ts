import { resolve } from 'node:path';
import { Command } from 'commander';
import type { KeyPurpose } from '../../../shared/contract/contract.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { instantText } from '../output/quantity.ts';
import { table } from '../output/table.ts';
import { TEXTS } from '../output/texts.ts';

interface KeyOptions {
  readonly file: string;
  readonly signing?: true;
}

const EXAMPLES = `
A key that seals archives opens them, too: keep its file where the archives are not. A signing key proves who wrote
an archive: its public key, which is its id, is all that others need to check that, with --signed-by.

Examples:
  holdfast key create main --file /media/usb/main.key
  holdfast key create office --signing --file /media/usb/office.key
  holdfast task create nightly --cluster lab --storage disk --archive-key main --signing-key office`;

/** `key create|import|list|rotate`: keys that seal and sign archives. */
export function keyCommand(cli: Cli): Command {
  const command = new Command('key')
    .description('keys that seal or sign archives; they live in the vault and in a file')
    .addHelpText('after', EXAMPLES);
  const making = (verb: 'create' | 'import' | 'rotate', description: string, fileHelp: string) =>
    command
      .command(`${verb} <name>`)
      .description(description)
      .requiredOption('--file <path>', fileHelp)
      .option('--signing', 'a key that signs archives')
      .action((name: string, options: KeyOptions) =>
        cli.execute((invocation) => make(invocation, verb, name, options)),
      );
  const written = 'where the key is written; it must not exist';
  making('create', 'make a key and write it to a file as well', written);
  making('import', 'take a key in from its file, as on another machine', 'the file that was written');
  making('rotate', 'make a new key of that name; what the old one sealed or signed stays good', written);
  command
    .command('list')
    .description('list the keys')
    .action(() => cli.execute(list));
  return command;
}

async function make(
  invocation: Invocation,
  verb: 'create' | 'import' | 'rotate',
  name: string,
  options: KeyOptions,
): Promise<undefined> {
  const { output, world } = invocation;
  const client = await invocation.unlockedClient();
  const file = resolve(world.cwd, options.file);
  const purpose: KeyPurpose = options.signing === true ? 'signing' : 'sealing';
  const key = await client.keys[verb]({ name, file, purpose });
  const written = purpose === 'signing' ? TEXTS.signingKeyWritten : TEXTS.keyWritten;
  const text = verb === 'import' ? TEXTS.keyImported : written;
  await output.result(key, () => `${output.words(text, { name, id: key.id, file })}\n`);
}

async function list(invocation: Invocation): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const keys = await client.keys.list({});
  const { output } = invocation;
  await output.result(keys, () =>
    table(
      [
        { title: output.heading('name'), cell: ({ name }) => name },
        { title: output.heading('for'), cell: ({ purpose }) => purpose },
        { title: output.heading('id'), cell: ({ id }) => id },
        { title: output.heading('state'), cell: ({ state }) => state },
        { title: output.heading('created'), cell: ({ created }) => instantText(created) },
      ],
      keys,
    ),
  );
  if (keys.length === 0) await output.note(TEXTS.noKeys);
}
