import { Group, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ShownEntry } from '../../../shared/model/listing.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { EntryView } from '../../ui/entry/EntryView.tsx';
import { isKafkaObject } from '../../ui/entry/KafkaObject.tsx';
import { useMembersText } from '../../ui/entry/members-text.ts';
import { Section } from '../../ui/entry/Section.tsx';
import { useEntry } from '../../ui/entry/use-entry.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import { useTargetName } from '../../ui/target/TargetName.tsx';
import { AccessDiff } from './AccessDiff.tsx';
import { ContentDiff } from './ContentDiff.tsx';
import classes from './compare.module.css';
import { contentChanges } from './content-changes.ts';
import { RestoreLink } from './RestoreLink.tsx';
import { ValueDiff } from './ValueDiff.tsx';

/** One entry on both sides: what changed, in words and line by line. */
export function DifferenceDetail({
  left,
  right,
  entryText,
}: {
  readonly left: Subject;
  readonly right: Subject;
  /** Path of the entry. */
  readonly entryText: string;
}) {
  const { t } = useText();
  const key = useMemo(() => parseKeyPath(entryText), [entryText]);
  const one = useEntry(left, key);
  const other = useEntry(right, key);
  const path = keyPath(key);
  return (
    <section className={classes.detail} aria-label={t('compare:detail')}>
      <Group gap={4} wrap="nowrap" align="flex-start" mb={4}>
        <h2 className={classes.detailTitle}>{printable(path)}</h2>
        <CopyIcon text={path} />
      </Group>
      <Group gap={6} mb="sm">
        <RestoreLink left={left} right={right} entry={key} />
        <ButtonLink
          size="compact-sm"
          variant="default"
          leftSection={<IconSearch size={14} />}
          to="/explore"
          search={{ target: left.text, entry: path }}
        >
          {t('compare:exploreLeft')}
        </ButtonLink>
        <ButtonLink
          size="compact-sm"
          variant="default"
          leftSection={<IconSearch size={14} />}
          to="/explore"
          search={{ target: right.text, entry: path }}
        >
          {t('compare:exploreRight')}
        </ButtonLink>
      </Group>
      <QueryView query={one} loading={<LoadingPanel height={180} />}>
        {({ entry: before }) => (
          <QueryView query={other} loading={<LoadingPanel height={180} />}>
            {({ entry: after }) => <Both left={left} right={right} before={before} after={after} />}
          </QueryView>
        )}
      </QueryView>
    </section>
  );
}

interface BothProps {
  readonly left: Subject;
  readonly right: Subject;
  readonly before: ShownEntry | undefined;
  readonly after: ShownEntry | undefined;
}

function Both({ left, right, before, after }: BothProps) {
  const { t } = useText();
  const leftName = useTargetName(left.target);
  const rightName = useTargetName(right.target);
  if (before === undefined && after === undefined) return <Text size="sm">{t('compare:gone')}</Text>;
  if (before !== undefined && after !== undefined) {
    return <Changed left={left} right={right} before={before} after={after} />;
  }
  const [subject, entry, name] = before === undefined ? [right, after, rightName] : [left, before, leftName];
  return (
    <>
      <Text size="sm" mb="sm">
        {t('compare:onlyIn', { name })}
      </Text>
      {entry !== undefined && <EntryView subject={subject} entry={entry} />}
    </>
  );
}

function Changed({
  left,
  right,
  before,
  after,
}: BothProps & { readonly before: ShownEntry; readonly after: ShownEntry }) {
  const { t } = useText();
  const membersText = useMembersText();
  const changes = useMemo(
    () => contentChanges(before.content, after.content),
    [before.content, after.content],
  );
  const members = [...new Set(changes.map(({ name }) => name.split('.')[0] ?? name))];
  const isRaw = !isKafkaObject(before) && before.access !== undefined;
  return (
    <>
      <Text size="sm" mb="sm">
        {members.length === 0
          ? t('compare:noLonger')
          : t('compare:differsIn', { members: membersText(members) })}
      </Text>
      {isRaw && members.includes('data') && (
        <ValueDiff left={left} right={right} before={before} after={after} />
      )}
      {isRaw && members.includes('acl') && (
        <AccessDiff before={before.access ?? []} after={after.access ?? []} />
      )}
      {!isRaw && changes.length > 0 && (
        <Section title={t('compare:values')}>
          <ContentDiff changes={changes} />
        </Section>
      )}
    </>
  );
}
