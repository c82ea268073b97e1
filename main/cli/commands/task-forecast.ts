import { Command } from 'commander';
import type { RetentionPreview } from '../../../shared/model/estimate.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { estimateText } from '../output/inventory-text.ts';
import { bytes, instantText } from '../output/quantity.ts';
import { facts, table } from '../output/table.ts';
import type { Client } from '../session/client.ts';

interface RetentionOptions {
  readonly copies?: number;
  readonly source?: readonly string[];
}

type EstimatedSource = Parameters<Client['tasks']['estimate']>[0]['sources'][number];

/** `task estimate`: what the next backup will probably be. */
export function taskEstimateCommand(cli: Cli): Command {
  return new Command('estimate')
    .argument('<name>', 'the task')
    .description('tell how much a task will probably read, store and keep')
    .action((name: string) => cli.execute((invocation) => estimate(invocation, name)));
}

/** `task retention`: what retention would remove. */
export function taskRetentionCommand(cli: Cli): Command {
  return new Command('retention')
    .argument('<name>', 'the task')
    .description('show which archives are kept and which would go; nothing is removed')
    .option('--copies <n>', 'as if so many copies were kept', wholeNumber('--copies'))
    .option('--source <service...>', 'only of these services the number is another')
    .action((name: string, options: RetentionOptions) =>
      cli.execute((invocation) => retention(invocation, name, options)),
    );
}

async function estimate(invocation: Invocation, name: string): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const { task, clusterName } = await client.tasks.show({ name });
  await estimateSources(invocation, clusterName, task.sources);
}

/** Tells what backups of the sources will probably be. */
export async function estimateSources(
  invocation: Invocation,
  cluster: string,
  sources: readonly EstimatedSource[],
): Promise<undefined> {
  const { output, signal } = invocation;
  const client = await invocation.unlockedClient();
  const order = {
    cluster,
    sources: sources.map(({ service, selection, maximumCopies }) => ({ service, selection, maximumCopies })),
  };
  for await (const found of await client.tasks.estimate(order, { signal })) {
    await output.result(found, () => `${estimateText(found, output)}\n`);
  }
}

async function retention(
  invocation: Invocation,
  name: string,
  { copies, source }: RetentionOptions,
): Promise<undefined> {
  const client = await invocation.client();
  const { task } = await client.tasks.show({ name });
  const services = source ?? task.sources.map(({ service }) => service);
  const previews = await client.retention.preview({
    task: name,
    copies: copies === undefined ? [] : services.map((service) => ({ service, maximumCopies: copies })),
  });
  await invocation.output.result(previews, () => previews.map(retentionText).join('\n'));
}

function retentionText({
  service,
  maximumCopies,
  archives,
  keptBytes,
  removedBytes,
}: RetentionPreview): string {
  const head = facts([
    ['service', service],
    ['copies kept', String(maximumCopies)],
    ['stays', bytes(keptBytes)],
    ['goes', bytes(removedBytes)],
  ]);
  const rows = table(
    [
      { title: 'POINT', cell: ({ point }) => point },
      { title: 'CREATED', cell: ({ created }) => instantText(created) },
      { title: 'SIZE', align: 'right', cell: (archive) => bytes(archive.bytes) },
      { title: 'FATE', cell: ({ fate }) => fate },
    ],
    archives,
  );
  return head + rows;
}
