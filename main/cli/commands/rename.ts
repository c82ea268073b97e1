import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { TEXTS } from '../output/texts.ts';
import type { Client } from '../session/client.ts';

const CALLS = {
  cluster: (client: Client, name: string, as: string) => client.clusters.rename({ name, as }),
  storage: (client: Client, name: string, as: string) => client.storages.rename({ name, as }),
  task: (client: Client, name: string, as: string) => client.tasks.rename({ name, as }),
} as const;

const DESCRIPTIONS = {
  cluster: 'give a cluster another name',
  storage: 'give a storage another name',
  task: 'give a task another name; its directories in the storages keep theirs',
} as const;

/** `cluster|storage|task rename`. */
export function renameCommand(cli: Cli, kind: keyof typeof CALLS): Command {
  return new Command('rename')
    .argument('<name>', 'what it is called')
    .argument('<as>', 'what it shall be called')
    .description(DESCRIPTIONS[kind])
    .action((name: string, as: string) => cli.execute((invocation) => rename(invocation, kind, name, as)));
}

async function rename(
  invocation: Invocation,
  kind: keyof typeof CALLS,
  name: string,
  as: string,
): Promise<undefined> {
  const { output } = invocation;
  // Control files in storages that need a secret are written too.
  const result = await CALLS[kind](await invocation.unlockedClient(), name, as);
  await output.result(
    result,
    () => `${output.words(TEXTS.renamed, { kind: output.word(kind), name, as })}\n`,
  );
  for (const storage of result.untold) await output.note(TEXTS.untold, { storage });
}
