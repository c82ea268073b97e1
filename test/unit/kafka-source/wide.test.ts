import { Writer } from '@platformatic/kafka';
import { expect, it } from 'vitest';
import driver from '../../../main/sources/kafka/driver.ts';
import { kafkaOptions } from '../../../main/sources/kafka/options.ts';
import { kafkaSelection } from '../../../main/sources/kafka/selection.ts';
import { LoadGate } from '../../../main/sources/load.ts';
import { MemoryCapture } from '../../support/point-memory.ts';
import {
  API,
  metadataReply,
  type ScriptedRequest,
  startScriptedBroker,
} from '../../support/scripted-kafka.ts';

const topicCount = 20_000;
const partitionsEach = 10;
const defaults = Array.from({ length: 8 }, (_, i) => `some.config.that.nobody.set.${i}`);
const topics = Array.from({ length: topicCount }, (_, i) => ({
  name: `topic-${String(i).padStart(6, '0')}`,
  partitions: partitionsEach,
}));

/** Each topic with one config of its own among defaults. */
function configsReply({ body }: ScriptedRequest): { readonly reply: Writer; readonly asked: number } {
  const names = body.readArray((resource) => {
    resource.readInt8();
    const name = resource.readString();
    resource.readNullableArray((key) => key.readString(), true, false);
    return name;
  });
  const reply = Writer.create()
    .appendInt32(0)
    .appendArray(names, (writer, name) => {
      writer.appendInt16(0).appendString(null).appendInt8(2).appendString(name);
      writer.appendArray(
        [['retention.ms', name.slice(-6), 1] as const, ...defaults.map((each) => [each, '1', 5] as const)],
        (entry, [config, value, source]) => {
          entry.appendString(config).appendString(value).appendBoolean(false).appendInt8(source);
          entry
            .appendBoolean(false)
            .appendArray([], () => {})
            .appendInt8(2)
            .appendString(null);
        },
      );
    })
    .appendTaggedFields();
  return { reply, asked: names.length };
}

it('200,000 partitions are captured in order and in few requests, no further ahead than they are taken', async () => {
  const place = { host: '127.0.0.1', port: 0 };
  let described = 0;
  await using broker = await startScriptedBroker(
    new Map([
      [API.metadata, 11],
      [API.describeConfigs, 4],
      [API.describeGroups, 5],
    ]),
    (request) => {
      if (request.key === API.metadata) {
        const all = request.body.readNullableArray((topic) => topic.readUUID() + topic.readString()) === null;
        return metadataReply(place, all ? topics : []);
      }
      if (request.key === API.describeGroups)
        return Writer.create()
          .appendInt32(0)
          .appendArray([], () => {})
          .appendTaggedFields();
      const { reply, asked } = configsReply(request);
      described += asked;
      return reply;
    },
  );
  place.port = broker.port;
  const options = kafkaOptions.parse({ bootstrapServers: `127.0.0.1:${broker.port}` });
  const gate = new LoadGate({ requestsInFlight: 8 });
  const source = await driver.connect(options, { now: () => new Date(), random: () => 0.5, gate });
  let furthestAhead = 0;
  const output = new (class extends MemoryCapture {
    override async put(...line: Parameters<MemoryCapture['put']>): Promise<void> {
      super.put(...line);
      furthestAhead = Math.max(furthestAhead, described - (this.generations[0]?.length ?? 0));
    }
  })();
  const selection = kafkaSelection.parse({ kinds: ['topics'] });
  const point = output.finish(selection, await source.capture(selection, output));
  await source.close();

  expect(point.missing).toEqual([]);
  expect(point.content.map(({ key }) => key[1])).toEqual(topics.map(({ name }) => name));
  for (const { key, content } of point.content) {
    expect([content.partitions, content.configs]).toEqual([
      partitionsEach,
      { 'retention.ms': key[1]?.slice(-6) },
    ]);
  }
  expect(broker.received.length).toBeLessThan(300);
  expect(furthestAhead).toBeLessThan(topicCount / 2);
});
