import { Button, NativeSelect } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { commandLine } from '../../../shared/command/command.ts';
import { serviceFlag, targetArgument, targetText } from '../../../shared/command/target.ts';
import { parseKeyPath } from '../../../shared/order/key-path.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { CHILDREN_WITH_ENTRY, useEntry } from '../../ui/entry/use-entry.ts';
import { ButtonLink, TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Tag } from '../../ui/StatusBadge.tsx';
import { SealedPanel } from '../../ui/target/SealedPanel.tsx';
import { isSealed } from '../../ui/target/sealed.ts';
import { type Subject, subjectKey } from '../../ui/target/subject.ts';
import { useTargetTitle } from '../../ui/target/TargetName.tsx';
import { serviceOf, useServices, withService } from '../../ui/target/use-services.ts';
import { ArchiveFacts } from './ArchiveFacts.tsx';
import { Browser } from './Browser.tsx';
import { ForeignArchive } from './ForeignArchive.tsx';
import { LoadingPanes } from './LoadingPanes.tsx';
import type { ExploreSearch } from './search.ts';
import { useInspection } from './use-inspection.ts';

const route = getRouteApi('/explore');
const ROOT: readonly string[] = [];

/** What the address names, opened: a place to look around in, or another tool's archive, listed. */
export function OpenedScreen({ subject }: { readonly subject: Subject }) {
  const { t } = useText();
  const search = route.useSearch();
  const { target } = subject;
  const name = useTargetTitle(target);
  const [round, setRound] = useState(0);
  const queries = useQueryClient();
  const refresh = () => {
    setRound(round + 1);
    void queries.resetQueries({ queryKey: subjectKey(subject) });
  };
  return (
    <>
      <PageHeader
        title={name}
        back={
          <>
            <TextLink to="/explore" search={{}}>
              {t('explore:title')}
            </TextLink>
            <Tag tone={target.of === 'cluster' ? 'busy' : 'quiet'}>
              {t(target.of === 'undo' ? 'target:kinds.point' : `target:kinds.${target.of}`)}
            </Tag>
          </>
        }
        badges={<Badges subject={subject} />}
        command={commandOf(subject, search)}
        actions={
          target.of === 'cluster' ? (
            <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={refresh}>
              {t('explore:refresh')}
            </Button>
          ) : (
            <ButtonLink variant="default" to="/verify" search={{ target: subject.text }}>
              {t('explore:verify')}
            </ButtonLink>
          )
        }
      />
      {target.of === 'file' ? (
        <File subject={subject} path={target.path} round={round} />
      ) : (
        <Served subject={subject} round={round} />
      )}
    </>
  );
}

function commandOf(
  { target }: Subject,
  { path = '/', find, within, expression, matchCase }: ExploreSearch,
): string {
  const source = { flag: 'source', value: serviceFlag(target) };
  if (find === undefined) return commandLine(['browse', targetArgument(target), path, source]);
  return commandLine([
    'search',
    targetArgument(target),
    find,
    source,
    { flag: 'below', value: path === '/' ? undefined : path },
    { flag: 'in', value: within },
    { flag: 'regex', value: expression },
    { flag: 'match-case', value: matchCase },
  ]);
}

function Badges({ subject }: { readonly subject: Subject }) {
  const { t } = useText();
  const navigate = route.useNavigate();
  const services = useServices(subject.target) ?? [];
  const { target } = subject;
  return (
    <>
      {services.length === 1 && <Tag>{printable(services[0] ?? '')}</Tag>}
      {services.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('target:service')}
          value={serviceOf(target) ?? ''}
          data={[...services]}
          onChange={(event) =>
            void navigate({ search: { target: targetText(withService(target, event.currentTarget.value)) } })
          }
        />
      )}
      {target.of === 'file' && <ArchiveFacts subject={subject} path={target.path} />}
    </>
  );
}

/** A cluster or a point: where it has several services, the first one unless the address says which. */
function Served({ subject, round }: { readonly subject: Subject; readonly round: number }) {
  const navigate = route.useNavigate();
  const services = useServices(subject.target);
  const lacksService = serviceOf(subject.target) === undefined && (services?.length ?? 0) > 1;
  const first = services?.[0];
  useEffect(() => {
    if (!lacksService || first === undefined) return;
    const target = targetText(withService(subject.target, first));
    void navigate({ search: (before) => ({ ...before, target }), replace: true });
  }, [lacksService, first, subject, navigate]);
  if (lacksService) return <LoadingPanes />;
  return <Entries subject={subject} round={round} />;
}

function File({
  subject,
  path,
  round,
}: {
  readonly subject: Subject;
  readonly path: string;
  readonly round: number;
}) {
  const inspection = useInspection(subject, path);
  if (isSealed(inspection.error)) return <SealedPanel texts={[subject.text]} error={inspection.error} />;
  return (
    <QueryView query={inspection} loading={<LoadingPanes />}>
      {(found) =>
        found.kind === 'foreign' ? (
          <ForeignArchive archive={found} />
        ) : (
          <Entries subject={subject} round={round} />
        )
      }
    </QueryView>
  );
}

/** The panes, as soon as the subject could be opened at all; what keeps it from that, said once. */
function Entries({ subject, round }: { readonly subject: Subject; readonly round: number }) {
  const opened = useEntry(subject, ROOT, CHILDREN_WITH_ENTRY);
  const { path = '/', entry } = route.useSearch();
  if (isSealed(opened.error)) return <SealedPanel texts={[subject.text]} error={opened.error} />;
  return (
    <QueryView query={opened} loading={<LoadingPanes />}>
      {() => (
        <Browser
          subject={subject}
          round={round}
          placeText={parseKeyPath(path).length === 0 ? '/' : path}
          shownText={entry ?? path}
        />
      )}
    </QueryView>
  );
}
