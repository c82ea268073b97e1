import { NativeSelect, Paper, Radio, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  closings,
  type DesktopBridge,
  type DesktopChoice,
  type DesktopSettings,
  updateChannels,
} from '../../../shared/desktop.ts';
import { desktop } from '../../connection/desktop.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { SectionHead } from './SectionHead.tsx';

const SETTINGS = ['desktop'];

/** How the desktop program behaves on this computer. In a browser there is nothing to choose. */
export function DesktopSection() {
  const { t } = useText();
  if (desktop === undefined) return <Text c="dimmed">{t('desktop:inBrowser')}</Text>;
  return <Settings bridge={desktop} />;
}

function Settings({ bridge }: { readonly bridge: DesktopBridge }) {
  const settings = useQuery({ queryKey: SETTINGS, queryFn: () => bridge.settings(), networkMode: 'always' });
  return (
    <QueryView query={settings} loading={<LoadingPanel height={320} />}>
      {(now) => <Choices bridge={bridge} now={now} />}
    </QueryView>
  );
}

function Choices({ bridge, now }: { readonly bridge: DesktopBridge; readonly now: DesktopSettings }) {
  const { t } = useText();
  const queries = useQueryClient();
  const { mutate, error } = useMutation({
    mutationFn: (choice: DesktopChoice) => bridge.change(choice),
    onSuccess: (settings) => queries.setQueryData(SETTINGS, settings),
  });
  return (
    <Paper withBorder p="lg">
      <Stack>
        <SectionHead title={t('desktop:title')} />
        <Switch
          checked={now.startAtLogin}
          onChange={(event) => mutate({ startAtLogin: event.currentTarget.checked })}
          label={t('desktop:startAtLogin')}
          description={t('desktop:startAtLoginHelp')}
        />
        <Radio.Group
          value={now.closing}
          onChange={(value) => {
            const closing = closings.safeParse(value);
            if (closing.success) mutate({ closing: closing.data });
          }}
          label={t('desktop:closing.label')}
          description={t('desktop:closing.help')}
        >
          <Stack gap="xs" mt="xs">
            {closings.options.map((each) => (
              <Radio key={each} value={each} label={t(`desktop:closing.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <NativeSelect
          label={t('desktop:updates.label')}
          description={t(now.hasUpdateFeed ? 'desktop:updates.on' : 'desktop:updates.off')}
          value={now.updateChannel}
          onChange={(event) => {
            const updateChannel = updateChannels.safeParse(event.currentTarget.value);
            if (updateChannel.success) mutate({ updateChannel: updateChannel.data });
          }}
          data={updateChannels.options.map((value) => ({ value, label: t(`desktop:updates.${value}`) }))}
          maw={360}
        />
        {error !== null && <ErrorPanel error={error} />}
      </Stack>
    </Paper>
  );
}
