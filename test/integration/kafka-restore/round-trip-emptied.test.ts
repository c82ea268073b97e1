import { expect, test } from 'vitest';
import { fillKafka } from '../../foreign/kafka.ts';
import { startKafka } from '../../servers/kafka.ts';
import { describeDone, planToMemory, restoreFromMemory } from '../../support/restore-memory.ts';
import {
  captureAll,
  described,
  differences,
  equal,
  noteNames,
  openSource,
  restored,
  settle,
  stepNames,
  withEmptyLogs,
} from './bench.ts';

test.each(['4.3', '2.8'] as const)(
  'Kafka %s is emptied by restoring the point of an empty cluster, and filled again by another',
  async (version) => {
    await using kafka = await startKafka({ version, authorizer: true });
    const { zookeeper } = kafka;
    const source = await openSource(
      kafka,
      zookeeper === undefined ? {} : { zookeeper: zookeeper.connectString },
    );
    const empty = await captureAll(source);
    const nothing = await described(kafka);
    await fillKafka(kafka, { topics: 20, groups: 10, acls: 20, users: zookeeper === undefined ? 0 : 6 });
    await settle(kafka);
    const full = await captureAll(source);
    const everything = await described(kafka);

    const emptied = await restoreFromMemory(source, empty, equal);
    // A group whose topics are gone may have gone with them.
    const stuck = emptied.done.filter(({ outcome }) => !['applied', 'already'].includes(outcome.outcome));
    expect(stuck.map(describeDone)).toEqual([]);
    expect(noteNames(emptied.notes).filter((name) => !name.startsWith('records-lost'))).toEqual([]);
    expect(await differences(source, empty, equal)).toEqual([]);
    expect(await described(kafka)).toEqual(nothing);

    const filled = await restored(source, full, equal);
    expect(filled.stuck).toEqual([]);
    expect(await differences(source, full, equal)).toEqual([]);
    expect(stepNames((await planToMemory(source, full, equal)).steps)).toEqual([]);
    expect(await described(kafka)).toEqual(withEmptyLogs(everything));
    await source.close();
  },
);
