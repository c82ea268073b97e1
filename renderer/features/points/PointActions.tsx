import { ActionIcon, Button, List, Menu, Stack, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { targetText } from '../../../shared/command/target.ts';
import type { HeldPoint } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/use-text.ts';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ButtonLink } from '../../ui/links.tsx';

const route = getRouteApi('/points/$id');
/** Digits of an id that are typed to confirm: enough not to hit another one by mistake. */
const TYPED_DIGITS = 8;

/** To the screens that work with a point; pin and remove. */
export function PointActions({ point }: { readonly point: HeldPoint }) {
  const { t } = useText();
  const { may } = useSession();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const target = targetText({ of: 'point', point: point.id });
  const live = targetText({ of: 'cluster', cluster: point.clusterName });
  const pin = usePin();
  const kept = whyKept(point);
  return (
    <>
      {pin.error !== null && <ErrorPanel error={pin.error} />}
      {may('operator') && (
        <Button
          variant="default"
          loading={pin.isPending}
          onClick={() => pin.mutate({ point: point.id, pinned: !point.pinned })}
        >
          {t(point.pinned ? 'points:unpin' : 'points:pin')}
        </Button>
      )}
      <ButtonLink to="/explore" search={{ target }} variant="default">
        {t('points:explore')}
      </ButtonLink>
      {may('operator') && (
        <ButtonLink to="/restore" search={{ from: target }}>
          {t('points:restore')}
        </ButtonLink>
      )}
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('points:more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('operator') && (
            <Menu.Item
              onClick={() => void navigate({ to: '/compare', search: { left: target, right: live } })}
            >
              {t('points:compare')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => void navigate({ to: '/verify', search: { target } })}>
            {t('points:verify')}
          </Menu.Item>
          {may('admin') && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="var(--mantine-color-error)"
                disabled={kept !== undefined}
                onClick={() => setRemoving(true)}
              >
                {t('points:remove.title')}
              </Menu.Item>
              {kept !== undefined && <Menu.Label maw={260}>{t(kept)}</Menu.Label>}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <RemovePoint point={point} opened={removing} onClose={() => setRemoving(false)} />
    </>
  );
}

/** Why the point cannot be removed at the moment; undefined when it can. */
function whyKept({ pinned, heldBy }: HeldPoint): MessageKey | undefined {
  if (pinned) return 'points:remove.pinned';
  return heldBy === undefined ? undefined : 'points:remove.held';
}

function usePin() {
  const queries = useQueryClient();
  return useMutation(
    api.points.pin.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.points.key() }),
    }),
  );
}

/** Says what will go before it asks for the point's id. */
function RemovePoint(props: {
  readonly point: HeldPoint;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t, format } = useText();
  const navigate = route.useNavigate();
  const { point } = props;
  const remove = useMutation(
    api.points.remove.mutationOptions({
      onSuccess: () => void navigate({ to: '/points', search: {} }),
    }),
  );
  return (
    <ConfirmByName
      opened={props.opened}
      title={t('points:remove.title')}
      name={point.id.slice(0, TYPED_DIGITS)}
      action={t('points:remove.action')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ point: point.id })}
      onClose={props.onClose}
    >
      <Stack gap="xs">
        <span>{t('points:remove.text', { at: format.dateTime(point.created), task: point.taskName })}</span>
        <List size="sm">
          {point.archives.map(({ id, service, path, size }) => (
            <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
              {service} · {format.bytes(size)}
              <Text size="xs" c="dimmed">
                {path}
              </Text>
            </List.Item>
          ))}
        </List>
      </Stack>
    </ConfirmByName>
  );
}
