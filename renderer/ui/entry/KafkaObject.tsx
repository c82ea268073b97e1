import type { ReactNode } from 'react';
import type { ShownEntry } from '../../../shared/model/listing.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../Facts.tsx';
import classes from './entry.module.css';
import {
  brokerContent,
  brokerObserved,
  configContent,
  featureContent,
  groupContent,
  groupObserved,
  partitionOffsets,
  quotaContent,
  type TopicContent,
  topicContent,
  userContent,
} from './kafka-content.ts';
import { Section } from './Section.tsx';

/** An object of Kafka as what it is: a topic with its partitions, a group's offsets with their lag. Null for others. */
export function KafkaObject({ entry }: { readonly entry: ShownEntry }): ReactNode {
  const { content, observed, kind } = entry;
  const topic = topicContent.safeParse(content);
  if (kind === 'topic' && topic.success) return <Topic topic={topic.data} />;
  if (kind === 'offsets') return <Offsets entry={entry} />;
  const config = configContent.safeParse(content);
  if (kind === 'config' && config.success) return <Settings values={config.data.values} />;
  return <SmallObject kind={kind} content={content} observed={observed} />;
}

/** Whether `KafkaObject` shows entries of this kind. */
export function isKafkaObject({ kind }: ShownEntry): boolean {
  return KINDS.has(kind);
}

const KINDS = new Set(['topic', 'offsets', 'config', 'group', 'quota', 'broker', 'user', 'feature', 'acl']);

function Topic({ topic }: { readonly topic: TopicContent }) {
  const { t, format } = useText();
  const factors = [...new Set(topic.replicas.map((replicas) => replicas.length))].sort((a, b) => a - b);
  return (
    <>
      <Section title={t('entry:kafka.topic')}>
        <Facts
          facts={[
            [t('entry:kafka.partitions'), format.number(topic.partitions)],
            [t('entry:kafka.replicationFactor'), factors.join(', ')],
            [t('entry:kafka.id'), topic.id ?? t('entry:kafka.unknown')],
          ]}
        />
      </Section>
      <Settings values={topic.configs} />
      <Section title={t('entry:kafka.replicas')}>
        <Rows
          head={[t('entry:kafka.partition'), t('entry:kafka.brokers')]}
          rows={topic.replicas.map((replicas, partition) => [String(partition), replicas.join(', ')])}
        />
      </Section>
    </>
  );
}

function Settings({ values }: { readonly values: { readonly [name: string]: string | null } }) {
  const { t } = useText();
  const rows = Object.entries(values).map(([name, value]) => [
    printable(name),
    value === null ? t('entry:kafka.hidden') : printable(value),
  ]);
  return (
    <Section title={t('entry:kafka.configs')}>
      {rows.length === 0 ? (
        <p className={classes.quiet}>{t('entry:kafka.defaults')}</p>
      ) : (
        <Rows head={[t('entry:kafka.name'), t('entry:kafka.value')]} rows={rows} />
      )}
    </Section>
  );
}

function Offsets({ entry }: { readonly entry: ShownEntry }) {
  const { t } = useText();
  const offsets = partitionOffsets(entry.content, entry.observed) ?? [];
  const lags = offsets.flatMap(({ lag }) => (lag === undefined ? [] : [lag]));
  const total = lags.reduce((sum, lag) => sum + lag, 0n);
  const [, group = '', topic = ''] = entry.key;
  return (
    <>
      <Section title={t('entry:kafka.offsets')}>
        <Facts
          facts={[
            [t('entry:kafka.group'), printable(group)],
            [t('entry:kafka.topic'), printable(topic)],
            [t('entry:kafka.lag'), lags.length === 0 ? t('entry:kafka.unknown') : total.toLocaleString()],
          ]}
        />
      </Section>
      <Section title={t('entry:kafka.partitions')}>
        <Rows
          head={[t('entry:kafka.partition'), t('entry:kafka.offset'), t('entry:kafka.lag')]}
          rows={offsets.map(({ partition, offset, lag }) => [
            String(partition),
            offset.toLocaleString(),
            lag === undefined ? '' : lag.toLocaleString(),
          ])}
          numbers
        />
      </Section>
    </>
  );
}

function SmallObject({
  kind,
  content,
  observed,
}: Pick<ShownEntry, 'kind' | 'content' | 'observed'>): ReactNode {
  const { t, format } = useText();
  const facts: (readonly [string, ReactNode])[] = [];
  if (kind === 'group') {
    const { type = '', protocolType = '' } = groupContent.safeParse(content).data ?? {};
    const state = groupObserved.safeParse(observed).data?.state;
    facts.push([t('entry:kafka.type'), type], [t('entry:kafka.protocol'), protocolType]);
    if (state !== undefined) facts.push([t('entry:kafka.state'), state]);
  }
  if (kind === 'broker') {
    const seen = brokerObserved.safeParse(observed).data;
    const rack = brokerContent.safeParse(content).data?.rack ?? null;
    facts.push([t('entry:kafka.rack'), rack ?? t('entry:kafka.none')]);
    if (seen !== undefined) facts.push([t('entry:kafka.address'), `${printable(seen.host)}:${seen.port}`]);
  }
  if (kind === 'feature') {
    facts.push([t('entry:kafka.level'), featureContent.safeParse(content).data?.level ?? '']);
  }
  if (kind === 'user') {
    const user = userContent.safeParse(content).data;
    facts.push(
      [t('entry:kafka.iterations'), format.number(user?.iterations ?? 0)],
      [
        t('entry:kafka.verifier'),
        t(user?.storedKey === undefined ? 'entry:kafka.notKept' : 'entry:kafka.kept'),
      ],
    );
  }
  if (kind === 'quota') {
    const quota = quotaContent.safeParse(content).data;
    for (const [name, who] of Object.entries(quota?.entity ?? {})) {
      facts.push([printable(name), who === null ? t('entry:kafka.everybody') : printable(who)]);
    }
    for (const [name, value] of Object.entries(quota?.values ?? {})) {
      facts.push([printable(name), format.number(value)]);
    }
  }
  if (facts.length === 0) return null;
  return (
    <Section title={t('entry:kafka.about')}>
      <Facts facts={facts} />
    </Section>
  );
}

/** A small table that is read, not worked with. */
function Rows({
  head,
  rows,
  numbers = false,
}: {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** All columns but the first hold numbers. */
  readonly numbers?: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <div className={classes.scroll} tabIndex={0}>
      <table className={classes.rows}>
        <thead>
          <tr>
            {head.map((title, column) => (
              <th key={title} scope="col" data-align={numbers && column > 0 ? 'end' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, column) => (
                <td key={head[column]} data-align={numbers && column > 0 ? 'end' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
