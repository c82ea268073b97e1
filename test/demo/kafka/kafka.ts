import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { ShownDifference } from '../../../shared/model/listing.ts';
import { consumeRecords, fillKafka, type KafkaAccess, type KafkaState } from '../../foreign/kafka.ts';
import { kafkaTools } from '../../foreign/kafka-tools.ts';
import { type KafkaCluster, kafkaAccounts, startKafka } from '../../servers/kafka.ts';
import { kafkaVersions } from '../../servers/kafka-config.ts';
import type { Moment } from '../moments.ts';
import type { Facts, Proof } from '../report.ts';
import type { StepNotes } from '../stage.ts';
import type { System } from '../system.ts';
import { readUnpacked } from '../unpacked.ts';
import { type Breakage, breakageCalls, INTRUDER, planBreakage } from './breakage.ts';
import { setCredential, toolCall } from './calls.ts';
import { FILL, passwordOf, READER, SETTINGS } from './fill.ts';
import { type Look, lookAt } from './look.ts';
import { type Lost, NOTHING_LOST } from './lost.ts';
import { compareObjects, lasting, objectsOf } from './objects.ts';
import {
  archiveProof,
  clientProof,
  differencesProof,
  readerProof,
  recordsIn,
  toolsProof,
  untouchedProof,
} from './proofs.ts';

const VERSION = '4.3';
const { admin } = kafkaAccounts;

/**
 * Starts a real Kafka (KRaft) with ACLs on. Foreign clients come by its plain listener as a super user, Holdfast by
 * SASL with the password that is put into `folder`. The signal ends what its clients do.
 */
export async function startKafkaSystem(folder: string, signal: AbortSignal): Promise<System> {
  const passwordFile = join(folder, 'kafka.password');
  await writeFile(passwordFile, admin.password, { mode: 0o600 });
  const cluster = await startKafka({ version: VERSION, sasl: true, authorizer: true });
  return new KafkaSystem(cluster, passwordFile, signal);
}

class KafkaSystem implements System {
  readonly service = 'Kafka';
  readonly version = kafkaVersions[VERSION];
  readonly browsePath = '/topics';
  readonly taskFlags = ['--source', 'Kafka'];
  readonly #cluster: KafkaCluster;
  readonly #passwordFile: string;
  readonly #signal: AbortSignal;
  readonly #seen = new Map<Moment, Look>();

  constructor(cluster: KafkaCluster, passwordFile: string, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#passwordFile = passwordFile;
    this.#signal = signal;
  }

  get address(): string {
    return this.#cluster.bootstrap.plain;
  }

  get clusterFlags(): readonly string[] {
    const servers = ['--bootstrap-servers', this.#cluster.bootstrap.sasl ?? ''];
    const account = ['--user', admin.username, '--password-file', this.#passwordFile];
    return ['--source', 'kafka', ...servers, '--auth', 'scram-sha-512', ...account];
  }

  async fill(notes: StepNotes): Promise<void> {
    await fillKafka(this.#cluster, FILL, this.#access);
    await kafkaTools(this.#cluster, SETTINGS, this.#access);
    notes.facts(await this.look('filled'), {
      en: '{topics} topics with {partitions} partitions and {records} records, {groups} groups with {offsets} offsets, {acls} ACLs, {quotas} quotas, {users} SCRAM credentials, {configs} brokers and other things with configs of their own',
      zh: '{topics} 个主题，共 {partitions} 个分区、{records} 条消息；{groups} 个消费组，共 {offsets} 个位点；{acls} 条 ACL，{quotas} 项配额，{users} 个 SCRAM 凭据，{configs} 个带有自身配置的 broker 等对象',
    });
  }

  async look(moment: Moment): Promise<Facts> {
    const look = await lookAt(this.#cluster, this.#signal);
    this.#seen.set(moment, look);
    return stateFacts(look.state);
  }

  async damage(notes: StepNotes): Promise<void> {
    const breakage = this.#breakage();
    await kafkaTools(this.#cluster, breakageCalls(breakage), this.#access);
    await this.look('broken');
    notes.say(
      {
        en: 'Topics {name}* are deleted with all their records; {intruder} may do anything now, {reader} nothing',
        zh: '主题 {name}* 及其全部消息已删除；{intruder} 现在无所不能，{reader} 则一无所能',
      },
      { name: 'Payments-', intruder: INTRUDER, reader: READER.user },
    );
    for (const [what, count] of Object.entries(this.#changes())) {
      notes.facts({ [what]: count });
      notes.say({ en: '{what}: {count}', zh: '{what}：{count}' }, { what, count });
    }
  }

  async work(round: number): Promise<void> {
    const topics = ['orders', 'refunds'].map((what) =>
      toolCall(`topics --create --topic week-${round}.${what} --partitions 4`),
    );
    await kafkaTools(this.#cluster, topics, this.#access);
  }

  async proveArchive(folder: string): Promise<Proof> {
    const stored = (await readUnpacked(folder)).map(({ t, k, c }) => ({ kind: t, key: k, content: c ?? {} }));
    return archiveProof(this.#at('filled').state, stored);
  }

  proveDifferences(shown: readonly ShownDifference[]): Proof {
    return differencesProof(this.#at('filled').state, this.#at('broken').state, shown);
  }

  /** Kafka keeps no passwords and tells nobody what checks them: whoever knows one sets it again. */
  async finishByHand(asked: readonly FidelityNote[], notes: StepNotes): Promise<number> {
    const calls = asked.flatMap(({ code, params: { name, iterations } }) => {
      const [user, mechanism] = code === 'password-unknown' ? String(name).split('/') : [];
      if (user === undefined || mechanism === undefined) return [];
      notes.say(
        {
          en: 'By hand, as the plan asks: $ kafka-configs --alter --entity-type users --entity-name {user} --add-config {mechanism}=[iterations={iterations},password=…]',
          zh: '按计划要求手工执行：$ kafka-configs --alter --entity-type users --entity-name {user} --add-config {mechanism}=[iterations={iterations},password=…]',
        },
        { user, mechanism, iterations: String(iterations) },
      );
      return [setCredential(user, mechanism, Number(iterations), passwordOf(user))];
    });
    await kafkaTools(this.#cluster, calls, this.#access);
    return calls.length;
  }

  proveSame(now: Moment, then: Moment): readonly Proof[] {
    const comparison = {
      now,
      like: then,
      before: this.#at(then),
      after: this.#at(now),
      lost: this.#lost(now, then),
    };
    const deleted = new Set(this.#breakage().deletedTopics);
    return [
      toolsProof(comparison),
      clientProof(comparison),
      untouchedProof(now, this.#at('filled').state, comparison.after.state, deleted),
    ];
  }

  async proveUsable(): Promise<readonly Proof[]> {
    const { user, mechanism, group, topic } = READER;
    const filled = this.#at('filled').state.topics.find(({ name }) => name === topic);
    const unread = recordsIn(filled?.log ?? []);
    const login = { username: user, password: passwordOf(user), mechanism };
    const wanted = { topic, group, count: unread };
    const read = await consumeRecords(this.#cluster, wanted, { ...this.#access, listener: 'sasl', login });
    return [readerProof({ user, mechanism, group, topic }, unread, read.length)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cluster[Symbol.asyncDispose]();
  }

  /** What foreign clients need, beside the address. */
  get #access(): KafkaAccess {
    return { signal: this.#signal };
  }

  #breakage(): Breakage {
    return planBreakage(this.#at('filled').state);
  }

  /** How many objects of each kind are gone, changed and new, as `topics removed`. */
  #changes(): Readonly<Record<string, number>> {
    const objects = (moment: Moment) => lasting(objectsOf(this.#at(moment).state), NOTHING_LOST);
    const differences = compareObjects(objects('filled'), objects('broken'));
    const groups = Map.groupBy(differences, ({ kind, change }) => `${kind} ${change}`);
    return Object.fromEntries([...groups].map(([what, some]) => [what, some.length]));
  }

  /** Records of deleted topics are in no backup; the intruder's password goes for good with the first restore. */
  #lost(now: Moment, then: Moment): Lost {
    if (then === 'filled') return { ...NOTHING_LOST, emptiedTopics: new Set(this.#breakage().deletedTopics) };
    return now === 'undone' ? { ...NOTHING_LOST, users: new Set([INTRUDER]) } : NOTHING_LOST;
  }

  #at(moment: Moment): Look {
    const look = this.#seen.get(moment);
    if (look === undefined) throw new Error(`Kafka was not looked at when ${moment}`);
    return look;
  }
}

function stateFacts({ topics, groups, acls, quotas, users, configs }: KafkaState): Facts {
  const own = topics.filter(({ internal }) => !internal);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    topics: own.length,
    partitions: sum(own.map(({ replicas }) => replicas.length)),
    records: sum(own.map(({ log }) => recordsIn(log))),
    groups: groups.length,
    offsets: sum(groups.flatMap(({ offsets }) => Object.values(offsets).map((rows) => rows.length))),
    acls: acls?.length ?? 0,
    quotas: quotas.length,
    users: users.length,
    configs: sum(Object.values(configs).map((all) => Object.keys(all).length)),
  };
}
