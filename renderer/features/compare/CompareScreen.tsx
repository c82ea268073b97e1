import { Alert } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { commandLine } from '../../../shared/command/command.ts';
import { serviceFlag, targetArgument } from '../../../shared/command/target.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { type Subject, useSubject } from '../../ui/target/subject.ts';
import { Differences } from './Differences.tsx';
import { RestoreLink } from './RestoreLink.tsx';
import { Sides } from './Sides.tsx';
import { Suggestions } from './Suggestions.tsx';
import type { CompareSearch } from './search.ts';

const route = getRouteApi('/compare');

/** Two states of a service, and every entry in which they differ. */
export function CompareScreen() {
  const { t } = useText();
  const search = route.useSearch();
  const left = useSubject(search.left);
  const right = useSubject(search.right);
  const both = left !== undefined && right !== undefined;
  return (
    <>
      <PageHeader
        title={t('compare:title')}
        description={t('compare:description')}
        {...(both ? { command: commandOf(left, right, search) } : {})}
        actions={both && <RestoreLink left={left} right={right} prefix={search.prefix} />}
      />
      <Sides left={left} right={right} />
      {!both && (
        <EmptyState icon={IconArrowsDiff} title={t('compare:empty.title')} text={t('compare:empty.text')}>
          <Suggestions />
        </EmptyState>
      )}
      {both && left.text === right.text && <Alert>{t('compare:same')}</Alert>}
      {both && left.text !== right.text && (
        <Differences key={`${left.text} ${right.text}`} left={left} right={right} />
      )}
    </>
  );
}

function commandOf(left: Subject, right: Subject, { prefix }: CompareSearch): string {
  return commandLine([
    'diff',
    targetArgument(left.target),
    targetArgument(right.target),
    { flag: 'source', value: serviceFlag(left.target) ?? serviceFlag(right.target) },
    { flag: 'prefix', value: prefix },
  ]);
}
