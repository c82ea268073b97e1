import { Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { commandLine } from '../../../shared/command/command.ts';
import { CONTRACT_VERSION } from '../../../shared/contract/contract.ts';
import { api } from '../../connection/client.ts';
import { useSession } from '../../connection/use-session.ts';
import { useText } from '../../i18n/use-text.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import { Licences } from './Licences.tsx';
import { SectionHead } from './SectionHead.tsx';

/** The program and where it keeps things; what is only on the command line, as commands. */
export function AboutSection() {
  const { t } = useText();
  const about = useQuery(api.system.about.queryOptions({ input: {} }));
  return (
    <Stack gap="lg">
      <QueryView query={about} loading={<LoadingPanel height={240} />}>
        {({ version, contract, dataDirectory }) => (
          <Paper withBorder p="lg">
            <Stack>
              <Group gap="sm">
                <Mark size={36} />
                <div>
                  <Text fw={650} size="lg">
                    Holdfast {version}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {t('settings:about.text')}
                  </Text>
                </div>
              </Group>
              <Facts
                facts={[
                  [
                    t('settings:about.contract'),
                    t('settings:about.contracts', { host: contract, page: CONTRACT_VERSION }),
                  ],
                  [t('settings:about.data'), <Path key="data" path={dataDirectory} />],
                  [t('settings:about.undo'), <Path key="undo" path={`${dataDirectory}/undo`} />],
                  [t('settings:about.licence'), 'Apache-2.0'],
                ]}
              />
              <Licences />
            </Stack>
          </Paper>
        )}
      </QueryView>
      <OnCommandLine />
    </Stack>
  );
}

function Path({ path }: { readonly path: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Code>{path}</Code>
      <CopyIcon text={path} />
    </Group>
  );
}

/** What is done on the machine itself: it concerns who may sign in, and what they did. */
function OnCommandLine() {
  const { t } = useText();
  const { may } = useSession();
  if (!may('admin')) return null;
  return (
    <Paper withBorder p="lg">
      <Stack>
        <SectionHead title={t('settings:support.title')} />
        <Entry text={t('settings:support.audit')} command={commandLine(['audit', 'list'])} />
        <Entry
          text={t('settings:support.bundle')}
          command={commandLine(['support-bundle', 'holdfast-support.tar.gz'])}
        />
      </Stack>
    </Paper>
  );
}

function Entry({ text, command }: { readonly text: string; readonly command: string }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{text}</Text>
      <CommandButton command={command} />
    </Group>
  );
}
