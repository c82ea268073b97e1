import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import {
  IconCopy,
  IconCursorText,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { TaskView } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { ButtonLink } from '../../ui/links.tsx';
import { CloneTask } from './CloneTask.tsx';
import { FailureDialog } from './FailureDialog.tsx';
import { RemoveTask } from './RemoveTask.tsx';
import { RenameTask } from './RenameTask.tsx';

/** What is done with a task: in a row of the list, or at the head of its screen. */
export function TaskActions({
  view,
  compact = false,
}: {
  readonly view: TaskView;
  readonly compact?: boolean;
}) {
  const { t } = useText();
  const { may } = useSession();
  const navigate = useNavigate();
  const { name, paused, schedule } = view.task;
  const [asking, setAsking] = useState<'clone' | 'rename' | 'remove'>();
  const run = useMutation(
    api.tasks.run.mutationOptions({
      onSuccess: ({ id }) => void navigate({ to: '/runs/$id', params: { id }, search: {} }),
    }),
  );
  const pause = usePause();
  const failed = run.error ?? pause.error;
  const close = () => setAsking(undefined);
  const runNow = () => run.mutate({ name });
  const admin = may('admin');
  if (!may('operator')) return null;
  return (
    // The row around it opens the task: what is clicked here is meant for here. Dialogs are part of this tree too.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps clicks from the row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid does not hear keys of what is within.
    <div onClick={(event) => event.stopPropagation()}>
      <Group gap={compact ? 2 : 'xs'} wrap="nowrap" justify="flex-end">
        {compact ? (
          <Tooltip label={t('tasks:run')}>
            <ActionIcon
              variant="subtle"
              loading={run.isPending}
              aria-label={t('tasks:runNamed', { name })}
              onClick={runNow}
            >
              <IconPlayerPlay size={17} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <>
            {admin && (
              <ButtonLink to="/tasks/$name/edit" params={{ name }} search={{}} variant="default">
                {t('tasks:edit.title')}
              </ButtonLink>
            )}
            <Button loading={run.isPending} leftSection={<IconPlayerPlay size={16} />} onClick={runNow}>
              {t('tasks:run')}
            </Button>
          </>
        )}
        {(admin || schedule !== undefined) && (
          <Menu position="bottom-end" shadow="md" withinPortal>
            <Menu.Target>
              <ActionIcon
                variant={compact ? 'subtle' : 'default'}
                color="gray"
                size={compact ? 'md' : 36}
                aria-label={t('tasks:moreNamed', { name })}
              >
                <IconDots size={17} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {schedule !== undefined && (
                <Menu.Item
                  leftSection={<IconPlayerPause size={15} />}
                  onClick={() => pause.mutate({ name, paused: !paused })}
                >
                  {t(paused ? 'tasks:resume' : 'tasks:pause')}
                </Menu.Item>
              )}
              {admin && compact && (
                <Menu.Item
                  leftSection={<IconPencil size={15} />}
                  onClick={() => void navigate({ to: '/tasks/$name/edit', params: { name }, search: {} })}
                >
                  {t('tasks:edit.title')}
                </Menu.Item>
              )}
              {admin && (
                <>
                  <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => setAsking('clone')}>
                    {t('tasks:clone.title')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconCursorText size={15} />} onClick={() => setAsking('rename')}>
                    {t('common:rename.open')}
                  </Menu.Item>
                  <Menu.Divider />
                  <Menu.Item
                    color="var(--mantine-color-error)"
                    leftSection={<IconTrash size={15} />}
                    onClick={() => setAsking('remove')}
                  >
                    {t('tasks:remove.title')}
                  </Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <CloneTask name={name} opened={asking === 'clone'} onClose={close} />
      {asking === 'rename' && <RenameTask name={name} onClose={close} />}
      <RemoveTask name={name} opened={asking === 'remove'} onClose={close} />
      <FailureDialog
        error={failed}
        onClose={() => {
          run.reset();
          pause.reset();
        }}
      />
    </div>
  );
}

function usePause() {
  const queries = useQueryClient();
  return useMutation(
    api.tasks.pause.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.tasks.key() }),
    }),
  );
}
