import { expect, test } from 'vitest';
import { addStorageCommand, setStorageCommand } from '../../../shared/command/storage.ts';
import { setTaskCommand, type TaskForCommand } from '../../../shared/command/task.ts';
import type { DriverField } from '../../../shared/model/driver.ts';

const plain = { required: false, secret: false, advanced: false, label: { en: '', zh: '' } };
const fields: readonly DriverField[] = [
  { ...plain, name: 'bucket', flag: 'bucket', type: { kind: 'text' } },
  { ...plain, name: 'prefix', flag: 'prefix', type: { kind: 'text' } },
  { ...plain, name: 'secretKey', flag: 'secret-key', type: { kind: 'text' }, secret: true },
  { ...plain, name: 'create', flag: 'create', type: { kind: 'boolean' }, default: true },
  { ...plain, name: 'roots', flag: 'roots', type: { kind: 'list' }, default: ['/'] },
];

test('a storage that is added: defaults are not said, secrets asked for', () => {
  const options = { bucket: 'a b', secretKey: 'geheim', create: true, roots: ['/'] };
  expect(addStorageCommand({ name: 'far', driver: 'obs', fields, options })).toBe(
    "holdfast storage add far --driver obs --bucket 'a b' --secret-key-prompt",
  );
});

test('a storage that is changed: what goes back to its default is said, what is taken away too', () => {
  expect(setStorageCommand('far', fields, { prefix: null, create: true, secretKey: 'geheim' })).toBe(
    'holdfast storage set far --unset prefix --secret-key-prompt --create',
  );
});

test('a task that is changed: by hand, and what holds for each source behind it', () => {
  const task: TaskForCommand = {
    name: 'nightly',
    cluster: 'lab',
    policy: { kind: 'full-every', runs: 7 },
    passphrase: true,
    sources: [
      {
        service: 'ZooKeeper',
        fields,
        selection: { roots: ['/a', '/b'] },
        storage: 'disk',
        directory: 'zk',
        maximumCopies: 3,
        key: 'abc',
        consent: false,
      },
    ],
  };
  expect(setTaskCommand(task)).toBe(
    'holdfast task set nightly --by-hand --policy full-every:7 --archive-passphrase-prompt' +
      ' --source ZooKeeper --storage disk --directory zk --copies 3 --archive-key abc --roots /a --roots /b',
  );
});
