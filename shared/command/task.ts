import type { DriverField } from '../model/driver.ts';
import type { Policy, Schedule } from '../model/task.ts';
import { type CommandPart, commandLine } from './command.ts';
import { fieldPart } from './field-part.ts';

/** What `task create` needs of each source. Keys by id: the command line takes ids as well as names. */
export interface SourceForCommand {
  readonly service: string;
  readonly fields: readonly DriverField[];
  readonly selection: { readonly [field: string]: unknown };
  /** Name of the storage. */
  readonly storage: string;
  readonly directory: string;
  readonly maximumCopies: number;
  readonly key?: string | undefined;
  readonly signer?: string | undefined;
  readonly consent: boolean;
}

export interface TaskForCommand {
  readonly name: string;
  readonly cluster: string;
  readonly schedule?: Schedule | undefined;
  readonly policy: Policy;
  readonly sources: readonly SourceForCommand[];
  /** Whether archives are sealed by a passphrase: it is asked for at the prompt. */
  readonly passphrase: boolean;
}

/** `holdfast task create …`. */
export function createTaskCommand(task: TaskForCommand): string {
  return commandLine(['task', 'create', task.name, { flag: 'cluster', value: task.cluster }, ...rest(task)]);
}

/** `holdfast task set …`: the same for a task that is there already. */
export function setTaskCommand(task: TaskForCommand): string {
  const byHand = { flag: 'by-hand', value: task.schedule === undefined };
  return commandLine(['task', 'set', task.name, byHand, ...rest(task)]);
}

function rest(task: TaskForCommand): readonly CommandPart[] {
  const { schedule } = task;
  return [
    { flag: 'every', value: schedule && everyText(schedule) },
    { flag: 'start', value: schedule?.start },
    { flag: 'time-zone', value: schedule?.timeZone },
    { flag: 'policy', value: policyText(task.policy) },
    { flag: 'archive-passphrase-prompt', value: task.passphrase },
    ...task.sources.flatMap((source) => [
      { flag: 'source', value: source.service },
      { flag: 'storage', value: source.storage },
      { flag: 'directory', value: source.directory === '' ? undefined : source.directory },
      { flag: 'copies', value: source.maximumCopies },
      { flag: 'archive-key', value: source.key },
      { flag: 'signing-key', value: source.signer },
      { flag: 'consent-sensitive', value: source.consent },
      ...source.fields.flatMap((field) => fieldPart(field, source.selection[field.name])),
    ]),
  ];
}

function everyText({ every, unit }: Schedule): string {
  return `${every}${unit === 'hours' ? 'h' : 'd'}`;
}

function policyText(policy: Policy): string {
  return policy.kind === 'full-every' ? `full-every:${policy.runs}` : policy.kind;
}
