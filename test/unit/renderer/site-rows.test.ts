import { expect, test } from 'vitest';
import { siteRows } from '../../../renderer/features/restore/site-rows.ts';
import { kafkaNotes } from '../../../shared/messages/kafka-notes.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';

const note = (code: string, params: FidelityNote['params']): FidelityNote => ({
  fidelity: 'operator',
  kind: 'brokers',
  code,
  text: code,
  params,
});

const SITE = [
  note('principal-of-site', { name: 'User:eve', rules: 2, proposed: 'User:eve' }),
  note('rule-for-host', { name: 'TOPIC t0', host: '10.0.0.9' }),
  note('configs-of-site', { name: 'brokers/1', names: 'listeners', here: 'PLAINTEXT://b:1' }),
  note('broker-absent', { name: 'brokers/9', to: '7' }),
  note('rack-differs', { name: '1', rack: 'a', toRack: 'x' }),
  note('broker-replaced', { name: '2', rack: 'b', to: '7', toRack: '–' }),
];

test('what is of another site stands in a table, brokers first; the rest stays in sentences', () => {
  const other = note('records-lost', { name: 'orders' });
  const counted = note('principal-of-site', { total: 500 });
  const { rows, others } = siteRows('kafka', [other, ...SITE, counted]);
  expect(others).toEqual([other, counted]);
  expect(
    rows.map(({ subject, name, there, here, byItself }) => [subject, name, there, here, byItself]),
  ).toEqual([
    ['broker', '2', 'b', '7 (–)', true],
    ['rack', '1', 'a', 'x', false],
    ['settings', 'brokers/1', 'listeners', 'PLAINTEXT://b:1', false],
    ['settings', 'brokers/9', '', '7', false],
    ['host', 'TOPIC t0', '10.0.0.9', '10.0.0.9', false],
    ['principal', 'User:eve', '2', 'User:eve', false],
  ]);
  expect(siteRows('zookeeper', SITE)).toEqual({ rows: [], others: SITE });
});

test('every note that the table knows is one that a Kafka restore writes', () => {
  const written = JSON.stringify(kafkaNotes);
  for (const { code } of SITE) expect(written).toContain(`"${code}"`);
});
