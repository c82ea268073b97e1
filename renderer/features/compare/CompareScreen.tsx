import { Alert, NativeSelect } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { LoadingTable } from '../../ui/Skeletons.tsx';
import { type Subject, useSubject } from '../../ui/target/subject.ts';
import { serviceOf, withService } from '../../ui/target/use-services.ts';
import { compareCommand } from './compare-command.ts';
import { Differences } from './Differences.tsx';
import { RestoreLink } from './RestoreLink.tsx';
import { Sides } from './Sides.tsx';
import { Suggestions } from './Suggestions.tsx';
import { useServiceChoice } from './use-service-choice.ts';

const route = getRouteApi('/compare');

/** Two states of a service, and every entry in which they differ. */
export function CompareScreen() {
  const { t } = useText();
  const search = route.useSearch();
  const left = useSubject(search.left);
  const right = useSubject(search.right);
  const both = left !== undefined && right !== undefined;
  const navigate = route.useNavigate();
  const choice = useServiceChoice(left?.target, right?.target);
  const { common, settled } = choice;
  useEffect(() => {
    if (choice.left === undefined && choice.right === undefined) return;
    const named = (side: Subject | undefined, service: string | undefined) =>
      side === undefined || service === undefined
        ? side?.text
        : targetText(withService(side.target, service));
    void navigate({
      search: (before) => ({
        ...before,
        left: named(left, choice.left),
        right: named(right, choice.right),
      }),
      replace: true,
    });
  }, [choice.left, choice.right, left, right, navigate]);
  return (
    <>
      <PageHeader
        title={t('compare:title')}
        description={t('compare:description')}
        badges={both && common.length > 0 && <Services services={common} left={left} right={right} />}
        {...(both
          ? { command: compareCommand(left.target, right.target, choice.compared, search.prefix) }
          : {})}
        actions={both && <RestoreLink left={left} right={right} prefix={search.prefix} />}
      />
      <Sides left={left} right={right} />
      {!both && (
        <EmptyState icon={IconArrowsDiff} title={t('compare:empty.title')} text={t('compare:empty.text')}>
          <Suggestions />
        </EmptyState>
      )}
      {both && left.text === right.text && <Alert>{t('compare:same')}</Alert>}
      {both && !settled && <LoadingTable rows={12} />}
      {both && settled && left.text !== right.text && (
        <Differences key={`${left.text} ${right.text}`} left={left} right={right} />
      )}
    </>
  );
}

/** The service of both sides, chosen for both at once. */
function Services(props: {
  readonly services: readonly string[];
  readonly left: Subject;
  readonly right: Subject;
}) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const { services, left, right } = props;
  const [one, other] = [serviceOf(left.target), serviceOf(right.target)];
  return (
    <NativeSelect
      size="xs"
      aria-label={t('target:service')}
      value={one === other ? (one ?? '') : ''}
      data={[...(one === other ? [] : ['']), ...services]}
      onChange={(event) => {
        const named = ({ target }: Subject) => targetText(withService(target, event.currentTarget.value));
        void navigate({ search: { left: named(left), right: named(right) } });
      }}
    />
  );
}
