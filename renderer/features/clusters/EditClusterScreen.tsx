import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ForRole } from '../../ui/ForRole.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { EditClusterForm } from './EditClusterForm.tsx';

const route = getRouteApi('/clusters/$name/edit');

/** Changes a cluster: what is left as it is stays, stored secrets too. */
export function EditClusterScreen() {
  const { t } = useText();
  const { name } = route.useParams();
  const cluster = useQuery(api.clusters.show.queryOptions({ input: { name }, refetchOnMount: 'always' }));
  const drivers = useQuery(api.drivers.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
  return (
    <>
      <PageHeader
        title={t('clusters:edit.heading', { name })}
        back={
          <TextLink to="/clusters/$name" params={{ name }}>
            {name}
          </TextLink>
        }
      />
      <ForRole least="admin">
        <QueryView query={drivers} loading={<LoadingPanel height={320} />}>
          {({ sources, tunnel }) => (
            <QueryView query={cluster} loading={<LoadingPanel height={320} />}>
              {(data) => (
                <EditClusterForm key={data.id} cluster={data} drivers={sources} tunnelFields={tunnel} />
              )}
            </QueryView>
          )}
        </QueryView>
      </ForRole>
    </>
  );
}
