import { expect, it } from 'vitest';
import { aclEntry } from '../../../main/sources/kafka/entries.ts';
import { noteOf } from '../../../main/sources/kafka/restore/notes.ts';
import { restoreScope } from '../../../main/sources/kafka/restore/scope.ts';
import type { Site } from '../../../main/sources/kafka/restore/site.ts';
import { siteFindings } from '../../../main/sources/kafka/restore/site-findings.ts';
import { kafkaSelection } from '../../../main/sources/kafka/selection.ts';
import { MemoryPoint } from '../../support/point-memory.ts';
import { siteWith } from './restore-site.ts';

const acls = ['CN=app,OU=Büro', 'eve', 'eve'].map((name, i) =>
  aclEntry({
    resourceType: 'TOPIC',
    patternType: 'LITERAL',
    resourceName: `t${i}`,
    principal: `User:${name}`,
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
  }),
);
const point = new MemoryPoint(acls, new Map(), {}, { position: {}, missing: [], absent: [] }, []);

async function table(differing: Partial<Site>, ...select: string[]): Promise<string[]> {
  const scope = restoreScope(kafkaSelection.parse({}), { select, mode: 'equal' });
  const findings = await Array.fromAsync(siteFindings(siteWith(differing), point, scope, undefined));
  return findings.map(noteOf).map(({ code, params }) => `${code} ${JSON.stringify(params)}`);
}

const elsewhere: Partial<Site> = {
  same: false,
  recorded: [
    { id: 1, rack: 'a' },
    { id: 2, rack: 'b' },
    { id: 3, rack: null },
  ],
  brokers: [
    { id: 1, rack: 'x', host: 'h', port: 1 },
    { id: 3, rack: null, host: 'h', port: 3 },
    { id: 7, rack: null, host: 'h', port: 7 },
  ],
  replaced: new Map([[2, [{ id: 7, rack: null }]]]),
};

it('what has to change on another site is listed, with what is proposed', async () => {
  expect(await table(elsewhere)).toEqual([
    'rack-differs {"rack":"a","toRack":"x","name":"1"}',
    'broker-replaced {"rack":"b","to":"7","toRack":"–","name":"2"}',
    'principal-of-site {"rules":1,"proposed":"User:CN=app,OU=Büro","name":"User:CN=app,OU=Büro"}',
    'principal-of-site {"rules":2,"proposed":"User:eve","name":"User:eve"}',
  ]);
});

it('only what the restore is about, and nothing where the point came from', async () => {
  expect(await table(elsewhere, 'acls/TOPIC/LITERAL/t0')).toEqual([
    'principal-of-site {"rules":1,"proposed":"User:CN=app,OU=Büro","name":"User:CN=app,OU=Büro"}',
  ]);
  expect((await table(elsewhere, 'topics')).map((line) => line.split(' ')[0])).toEqual([
    'rack-differs',
    'broker-replaced',
  ]);
  expect(await table({})).toEqual([]);
});
