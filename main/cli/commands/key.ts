import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { instantText } from '../output/quantity.ts';
import { table } from '../output/table.ts';
import { TEXTS } from '../output/texts.ts';

interface FileOption {
  readonly file: string;
}

const FILE_HELP = 'where the key is written; it must not exist';

/** `key create|list|rotate`: keys that seal archives. */
export function keyCommand(cli: Cli): Command {
  const command = new Command('key').description(
    'keys that seal archives; they live in the vault and in a file',
  );
  command
    .command('create <name>')
    .description('make a key and write it to a file as well')
    .requiredOption('--file <path>', FILE_HELP)
    .action((name: string, { file }: FileOption) =>
      cli.execute((invocation) => make(invocation, 'create', name, file)),
    );
  command
    .command('list')
    .description('list the keys')
    .action(() => cli.execute(list));
  command
    .command('rotate <name>')
    .description('make a new key of that name; the old one still opens what it sealed')
    .requiredOption('--file <path>', FILE_HELP)
    .action((name: string, { file }: FileOption) =>
      cli.execute((invocation) => make(invocation, 'rotate', name, file)),
    );
  return command;
}

async function make(
  invocation: Invocation,
  verb: 'create' | 'rotate',
  name: string,
  path: string,
): Promise<undefined> {
  const { output, world } = invocation;
  const client = await invocation.unlockedClient();
  const file = resolve(world.cwd, path);
  const key = await client.keys[verb]({ name, file });
  await output.result(key, () => `${output.words(TEXTS.keyWritten, { name, id: key.id, file })}\n`);
}

async function list(invocation: Invocation): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const keys = await client.keys.list({});
  await invocation.output.result(keys, () =>
    table(
      [
        { title: 'NAME', cell: ({ name }) => name },
        { title: 'ID', cell: ({ id }) => id },
        { title: 'STATE', cell: ({ state }) => state },
        { title: 'CREATED', cell: ({ created }) => instantText(created) },
      ],
      keys,
    ),
  );
}
