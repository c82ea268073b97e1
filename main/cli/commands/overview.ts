import { Command } from 'commander';
import type { ClusterOverview, Overview, TaskOverview } from '../../../shared/model/overview.ts';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { duration, instantText } from '../output/quantity.ts';
import { stateText } from '../output/run-text.ts';
import { storageFillTable } from '../output/storage-text.ts';
import { type Column, table } from '../output/table.ts';
import { PHRASES } from '../output/words.ts';

/** `overview`: all clusters, what protects them, what is late, and how full the storages are. */
export function overviewCommand(cli: Cli): Command {
  return new Command('overview')
    .description('show what is protected, what is late, and how full the storages are')
    .action(() => cli.execute(overview));
}

/** `changes`: what changes, as it does. */
export function changesCommand(cli: Cli): Command {
  return new Command('changes')
    .description('tell what changes in a running host, one line each, until Ctrl-C')
    .action(() => cli.execute(changes));
}

async function overview(invocation: Invocation): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const all = await client.overview.show({}, { signal: invocation.signal });
  await invocation.output.result(all, () => overviewText(all, invocation));
}

async function changes(invocation: Invocation): Promise<undefined> {
  const client = await invocation.client();
  for await (const change of await client.system.changes({}, { signal: invocation.signal })) {
    await invocation.output.result(
      change,
      () => `${change.kind}${change.id === undefined ? '' : ` ${change.id}`}\n`,
    );
  }
}

interface ServiceRow {
  readonly cluster: ClusterOverview;
  readonly service: ClusterOverview['services'][number];
}
interface TaskRow {
  readonly cluster: ClusterOverview;
  readonly task: TaskOverview;
}

function overviewText({ now, clusters, storages }: Overview, { output }: Invocation): string {
  const age = (at: string) => duration(Date.parse(now) - Date.parse(at));
  const services = table<ServiceRow>(
    [
      { title: output.heading('cluster'), cell: ({ cluster }) => cluster.name },
      { title: output.heading('environment'), cell: ({ cluster }) => cluster.environment },
      { title: output.heading('service'), cell: ({ service }) => service.service },
      {
        title: output.heading('tasks'),
        cell: ({ service }) => service.tasks.join(', ') || output.word('NOT PROTECTED'),
      },
      {
        title: output.heading('last good'),
        cell: ({ service: { lastGood } }) =>
          lastGood === undefined
            ? output.word('never')
            : output.words(PHRASES.ago, { time: age(lastGood.at) }),
      },
    ],
    clusters.flatMap((cluster) => cluster.services.map((service) => ({ cluster, service }))),
  );
  const taskColumns: Column<TaskRow>[] = [
    { title: output.heading('task'), cell: ({ task }) => task.name },
    {
      title: output.heading('last run'),
      cell: ({ task: { last } }) => (last === undefined ? '' : stateText(last.state, output)),
    },
    {
      title: output.heading('next'),
      cell: ({ task: { next } }) => (next === undefined ? '' : instantText(next)),
    },
    {
      title: output.heading('overdue'),
      cell: ({ task: { overdueSince } }) =>
        overdueSince === undefined ? '' : output.words(PHRASES.overdueFor, { time: age(overdueSince) }),
    },
  ];
  const tasks = table(
    taskColumns,
    clusters.flatMap((cluster) => cluster.tasks.map((task) => ({ cluster, task }))),
  );
  return `${services}\n${tasks}\n${storageFillTable(storages, output)}`;
}
