import { Stack, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { targetText } from '../../../shared/command/target.ts';
import type { Overview } from '../../../shared/model/overview.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { TimeAgo } from '../../ui/Quantity.tsx';

const MOST = 5;

/** What is asked for most: what became different in a cluster since its newest good point. Viewers may not read a live one whole. */
export function Suggestions() {
  const { t } = useText();
  const { may } = useSession();
  const overview = useQuery(api.overview.show.queryOptions({ input: {} })).data;
  const found = overview === undefined || !may('operator') ? [] : suggestionsOf(overview);
  if (found.length === 0) return null;
  return (
    <Stack gap="xs" miw="24rem" ta="center">
      <Text size="sm" fw={600}>
        {t('compare:suggested')}
      </Text>
      {found.slice(0, MOST).map(({ cluster, service, point, at }) => (
        <ButtonLink
          key={`${cluster} ${service}`}
          variant="default"
          leftSection={<IconArrowsDiff size={16} />}
          to="/compare"
          search={{
            left: targetText({ of: 'point', point, service }),
            right: targetText({ of: 'cluster', cluster, service }),
          }}
        >
          {cluster} · {service}
          <Text span size="sm" c="dimmed" fw={400} ml="xs">
            <TimeAgo at={at} />
          </Text>
        </ButtonLink>
      ))}
    </Stack>
  );
}

function suggestionsOf({ clusters }: Overview) {
  return clusters.flatMap(({ name, services }) =>
    services.flatMap(({ service, lastGood }) =>
      lastGood === undefined ? [] : [{ cluster: name, service, ...lastGood }],
    ),
  );
}
