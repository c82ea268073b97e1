import type { TaskView } from '../../../shared/contract/contract.ts';
import type { Text } from '../../../shared/errors/text.ts';
import type { Policy, Schedule, TaskSource } from '../../../shared/model/task.ts';
import { anyOf } from './any-of.ts';
import type { Output } from './output.ts';
import { instantText } from './quantity.ts';
import { stateText } from './run-text.ts';
import { facts, table } from './table.ts';
import { PHRASES } from './words.ts';

/** Tasks under each other. */
export function taskTable(tasks: readonly TaskView[], output: Output): string {
  return table<TaskView>(
    [
      { title: output.heading('task'), cell: ({ task }) => task.name },
      { title: output.heading('cluster'), cell: ({ clusterName }) => clusterName },
      {
        title: output.heading('services'),
        cell: ({ task }) => task.sources.map(({ service }) => service).join(', '),
      },
      {
        title: output.heading('schedule'),
        cell: ({ task }) => (task.paused ? 'paused' : scheduleText(task.schedule, output)),
      },
      { title: output.heading('last'), cell: (view) => lastRun(view, output) },
      {
        title: output.heading('next'),
        cell: ({ next: [next] }) => (next === undefined ? '' : instantText(next)),
      },
    ],
    tasks,
  );
}

/** Everything about one task; storages are named as in `storages`, by id. */
export function taskDetails(view: TaskView, storages: ReadonlyMap<string, string>, output: Output): string {
  const { task, clusterName, next } = view;
  const head = facts([
    [output.word('task'), task.name],
    [output.word('id'), task.id],
    [output.word('cluster'), clusterName],
    [output.word('schedule'), scheduleText(task.schedule, output)],
    [output.word('paused'), task.paused ? output.word('yes') : output.word('no')],
    [output.word('policy'), policyText(task.policy, output)],
    [output.word('last run'), lastRun(view, output)],
    ...next.map((instant) => [output.word('next run'), instantText(instant)] as const),
  ]);
  const sources = task.sources.map((source) => {
    const selection = Object.entries(source.selection);
    return `\n${facts([
      [output.word('service'), source.service],
      [output.word('storage'), storageText(source, storages, output)],
      [output.word('directory'), source.directory === '' ? '/' : source.directory],
      [output.word('copies kept'), String(source.maximumCopies)],
      [output.word('sealed with'), sealText(source, output)],
      [output.word('signed by'), source.signer ?? output.word('nobody')],
      ...selection.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ])}`;
  });
  return head + sources.join('');
}

function sealText({ key, passphrase }: TaskSource, output: Output): string {
  const ways = [
    ...(key === undefined ? [] : [output.words(PHRASES.key, { key })]),
    ...(passphrase === true ? [output.word('a passphrase')] : []),
  ];
  return ways.length === 0 ? output.word('nothing') : anyOf(ways, output);
}

function storageText(
  { storage, unknownStorage }: TaskSource,
  storages: ReadonlyMap<string, string>,
  output: Output,
): string {
  if (unknownStorage === undefined) return storages.get(storage) ?? storage;
  return output.words(PHRASES.storageUnknown, { name: unknownStorage.name });
}

function lastRun({ last }: TaskView, output: Output): string {
  return last === undefined ? '' : `${stateText(last.state, output)} ${instantText(last.started)}`;
}

const UNITS: { readonly [unit in Schedule['unit']]: Text } = {
  hours: { en: 'hours', zh: '小时' },
  days: { en: 'days', zh: '天' },
};

function scheduleText(schedule: Schedule | undefined, output: Output): string {
  if (schedule === undefined) return output.word('by hand');
  const { every, unit, start, timeZone } = schedule;
  const times = { every, unit: output.words(UNITS[unit]), start: instantText(start), zone: timeZone };
  return output.words(PHRASES.every, times);
}

function policyText(policy: Policy, output: Output): string {
  if (policy.kind === 'full-every') return output.words(PHRASES.fullEvery, { runs: policy.runs });
  return policy.kind === 'full' ? output.word('full') : policy.kind;
}
