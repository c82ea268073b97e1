import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Policy, Schedule, TaskSource } from '../../../shared/model/task.ts';
import type { Output } from './output.ts';
import { instantText } from './quantity.ts';
import { stateText } from './run-text.ts';
import { facts, table } from './table.ts';

/** Tasks under each other. */
export function taskTable(tasks: readonly TaskView[], output: Output): string {
  return table<TaskView>(
    [
      { title: 'TASK', cell: ({ task }) => task.name },
      { title: 'CLUSTER', cell: ({ clusterName }) => clusterName },
      { title: 'SERVICES', cell: ({ task }) => task.sources.map(({ service }) => service).join(', ') },
      { title: 'SCHEDULE', cell: ({ task }) => (task.paused ? 'paused' : scheduleText(task.schedule)) },
      { title: 'LAST', cell: (view) => lastRun(view, output) },
      { title: 'NEXT', cell: ({ next: [next] }) => (next === undefined ? '' : instantText(next)) },
    ],
    tasks,
  );
}

/** Everything about one task; storages are named as in `storages`, by id. */
export function taskDetails(view: TaskView, storages: ReadonlyMap<string, string>, output: Output): string {
  const { task, clusterName, next } = view;
  const head = facts([
    ['task', task.name],
    ['id', task.id],
    ['cluster', clusterName],
    ['schedule', scheduleText(task.schedule)],
    ['paused', task.paused ? 'yes' : 'no'],
    ['policy', policyText(task.policy)],
    ['last run', lastRun(view, output)],
    ...next.map((instant) => ['next run', instantText(instant)] as const),
  ]);
  const sources = task.sources.map((source) => {
    const selection = Object.entries(source.selection);
    return `\n${facts([
      ['service', source.service],
      ['storage', storageText(source, storages)],
      ['directory', source.directory === '' ? '/' : source.directory],
      ['copies kept', String(source.maximumCopies)],
      ['sealed with', sealText(source)],
      ['signed by', source.signer ?? 'nobody'],
      ...selection.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ])}`;
  });
  return head + sources.join('');
}

function sealText({ key, passphrase }: TaskSource): string {
  const ways = [
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(passphrase === true ? ['a passphrase'] : []),
  ];
  return ways.length === 0 ? 'nothing' : ways.join(' or ');
}

function storageText({ storage, unknownStorage }: TaskSource, storages: ReadonlyMap<string, string>): string {
  if (unknownStorage !== undefined) return `${unknownStorage.name} (not known here: add it and rescan it)`;
  return storages.get(storage) ?? storage;
}

function lastRun({ last }: TaskView, output: Output): string {
  return last === undefined ? '' : `${stateText(last.state, output)} ${instantText(last.started)}`;
}

function scheduleText(schedule: Schedule | undefined): string {
  if (schedule === undefined) return 'by hand';
  const { every, unit, start, timeZone } = schedule;
  return `every ${every} ${unit} from ${instantText(start)} (${timeZone})`;
}

function policyText(policy: Policy): string {
  return policy.kind === 'full-every' ? `full every ${policy.runs} runs` : policy.kind;
}
