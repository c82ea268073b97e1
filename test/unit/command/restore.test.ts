import { expect, test } from 'vitest';
import { diffCommand } from '../../../shared/command/diff.ts';
import { keyCommand } from '../../../shared/command/key.ts';
import { restoreCommand } from '../../../shared/command/restore.ts';
import { vaultCommand } from '../../../shared/command/vault.ts';
import type { PlannedOrder } from '../../../shared/model/plan.ts';

const POINT = '0123456789abcdef';
const whole: PlannedOrder = { from: { of: 'point', point: POINT }, services: [], select: [], mode: 'equal' };

test('a restore: without the name of the cluster only its plan', () => {
  expect(restoreCommand(whole)).toBe(`holdfast restore ${POINT} --dry-run`);
  expect(restoreCommand(whole, "lab's")).toBe(`holdfast restore ${POINT} --confirm 'lab'\\''s'`);
});

test('a restore of a part to elsewhere: every choice is a flag', () => {
  const order: PlannedOrder = {
    from: { of: 'point', point: POINT, service: 'ZooKeeper' },
    services: [],
    select: ['/app/*', '/b'],
    to: 'spare',
    into: '/copy',
    mode: 'merge',
  };
  expect(restoreCommand(order, 'spare')).toBe(
    `holdfast restore ${POINT} --source ZooKeeper --select '/app/*' --select /b --to spare --into /copy --mode merge --confirm spare`,
  );
  expect(restoreCommand({ ...order, services: ['Kafka'] })).toContain('--source Kafka --select');
});

test('what a restore did, taken back; an archive that is a file', () => {
  expect(restoreCommand({ ...whole, from: { of: 'undo', run: POINT } }, 'lab')).toBe(
    `holdfast restore --undo ${POINT} --confirm lab`,
  );
  expect(restoreCommand({ ...whole, from: { of: 'file', path: 'x.tar.gz' } })).toBe(
    'holdfast restore file:x.tar.gz --dry-run',
  );
});

test('vault and keys: a passphrase never stands in a line', () => {
  expect(vaultCommand('init', { kind: 'passphrase', path: '' })).toBe(
    'holdfast vault init --passphrase-prompt',
  );
  expect(vaultCommand('change', { kind: 'key-file', path: '/k' }, true)).toBe(
    'holdfast vault change --key-file /k --keep-key',
  );
  expect(vaultCommand('unlock', { kind: 'keychain', path: '/k' })).toBe('holdfast vault unlock --keychain');
  expect(keyCommand('rotate', { name: 'main', file: '/m.key', purpose: 'signing' })).toBe(
    'holdfast key rotate main --file /m.key --signing',
  );
});

test('a comparison: a service that both sides have under one name is named once', () => {
  const at = (service?: string) => ({ of: 'point', point: POINT, ...(service && { service }) }) as const;
  const undo = { of: 'undo', run: 'fedcba9876543210', service: 'B' } as const;
  const live = { of: 'cluster', cluster: 'lab', service: 'C' } as const;
  expect(diffCommand(at(), at())).toBe(`holdfast diff ${POINT} ${POINT}`);
  expect(diffCommand(at('A'), at('A'), '/app')).toBe(
    `holdfast diff ${POINT} ${POINT} --source A --prefix /app`,
  );
  expect(diffCommand(at('A'), undo)).toBe(
    `holdfast diff ${POINT} undo:fedcba9876543210 --source A --right-source B`,
  );
  expect(diffCommand(at('A'), live)).toBe(`holdfast diff ${POINT} cluster:lab/C --source A`);
  expect(diffCommand(live, at('A'))).toBe(`holdfast diff cluster:lab/C ${POINT} --right-source A`);
});
