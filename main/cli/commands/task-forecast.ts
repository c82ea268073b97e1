import { Command } from 'commander';
import type { Text } from '../../../shared/errors/text.ts';
import type { RetentionFate, RetentionPreview } from '../../../shared/model/estimate.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { estimateText } from '../output/inventory-text.ts';
import type { Output } from '../output/output.ts';
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
  const { output } = invocation;
  const services = source ?? task.sources.map(({ service }) => service);
  const previews = await client.retention.preview({
    task: name,
    copies: copies === undefined ? [] : services.map((service) => ({ service, maximumCopies: copies })),
  });
  await output.result(previews, () => previews.map((preview) => retentionText(preview, output)).join('\n'));
}

const FATES: { readonly [fate in RetentionFate]: Text } = {
  copy: { en: 'copy', zh: '保留' },
  pinned: { en: 'pinned', zh: '已固定' },
  restoring: { en: 'restoring', zh: '恢复使用中' },
  'not-counted': { en: 'not-counted', zh: '不计入' },
  removed: { en: 'removed', zh: '将删除' },
};

function retentionText(preview: RetentionPreview, output: Output): string {
  const { service, maximumCopies, archives, keptBytes, removedBytes } = preview;
  const head = facts([
    [output.word('service'), service],
    [output.word('copies kept'), String(maximumCopies)],
    [output.word('stays'), bytes(keptBytes)],
    [output.word('goes'), bytes(removedBytes)],
  ]);
  const rows = table(
    [
      { title: output.heading('point'), cell: ({ point }) => point },
      { title: output.heading('created'), cell: ({ created }) => instantText(created) },
      { title: output.heading('size'), align: 'right', cell: (archive) => bytes(archive.bytes) },
      { title: output.heading('fate'), cell: ({ fate }) => output.words(FATES[fate]) },
    ],
    archives,
  );
  return head + rows;
}
