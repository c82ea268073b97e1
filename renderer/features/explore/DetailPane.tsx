import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconArrowsDiff, IconFolderOpen } from '@tabler/icons-react';
import { targetText } from '../../../shared/command/target.ts';
import type { Key } from '../../../shared/order/key.ts';
import { keyPath, keyPattern } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { EntryView } from '../../ui/entry/EntryView.tsx';
import { CHILDREN_WITH_ENTRY, useEntry } from '../../ui/entry/use-entry.ts';
import { useKindLabel } from '../../ui/entry/use-kind-label.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import classes from './explore.module.css';
import { nameOf } from './names.ts';

/** One entry: what it is, what it holds, and what can be done from here. */
export function DetailPane({
  subject,
  shown,
  place,
  onGo,
}: {
  readonly subject: Subject;
  readonly shown: Key;
  /** Where the table is: the entry shown may be the place itself. */
  readonly place: Key;
  readonly onGo: (key: Key) => void;
}) {
  const { t } = useText();
  const { may } = useSession();
  const kindLabel = useKindLabel();
  const isLive = subject.target.of === 'cluster';
  const path = keyPath(shown);
  const isElsewhere = path !== keyPath(place);
  const look = useEntry(subject, shown, isElsewhere ? 1 : CHILDREN_WITH_ENTRY);
  return (
    <section className={classes.detail} aria-label={t('explore:detail')}>
      <h2 className={classes.detailTitle}>{shown.length === 0 ? t('explore:root') : nameOf(shown)}</h2>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <span className={classes.detailPath}>{printable(path)}</span>
        <CopyIcon text={path} />
      </Group>
      <Group gap={6} my="xs">
        {isElsewhere && look.data?.hasChildren === true && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFolderOpen size={14} />}
            onClick={() => onGo(shown)}
          >
            {t('explore:goInto')}
          </Button>
        )}
        {(!isLive || may('operator')) && (
          <ButtonLink
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsDiff size={14} />}
            to="/compare"
            search={compareSearch(subject, path)}
          >
            {t('explore:compareWith')}
          </ButtonLink>
        )}
        {!isLive && may('operator') && (
          <ButtonLink
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            to="/restore"
            search={{
              from: targetText(subject.target),
              select: shown.length === 0 ? [] : [keyPattern(shown)],
            }}
          >
            {t('explore:restoreThis')}
          </ButtonLink>
        )}
      </Group>
      <QueryView query={look} loading={<LoadingPanel height={220} />}>
        {({ entry }) =>
          entry === undefined ? (
            <p className={classes.quiet}>{t('explore:noEntry')}</p>
          ) : (
            <>
              <p className={classes.kind}>{kindLabel(entry.kind)}</p>
              <EntryView subject={subject} entry={entry} />
            </>
          )
        }
      </QueryView>
    </section>
  );
}

/** A cluster is what a point is compared with: it stands at the right. */
function compareSearch({ target, text }: Subject, path: string) {
  const prefix = path === '/' ? {} : { prefix: path };
  return target.of === 'cluster' ? { right: text, ...prefix } : { left: text, ...prefix };
}
