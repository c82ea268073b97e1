import {
  Button,
  Input,
  NativeSelect,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { useState } from 'react';
import { LOCAL_USER } from '../../../shared/contract/session.ts';
import { connection } from '../../connection/connection.ts';
import { signOut } from '../../connection/session.ts';
import { useSession } from '../../connection/use-session.ts';
import { changeLocale } from '../../i18n/i18n.ts';
import { LOCALE_NAMES, LOCALES } from '../../i18n/language.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../../ui/Facts.tsx';
import { DateTime } from '../../ui/Quantity.tsx';
import { SectionHead } from './SectionHead.tsx';
import { OwnSessions } from './users/OwnSessions.tsx';
import { PasswordDialog } from './users/PasswordDialog.tsx';

const SCHEMES = ['light', 'dark', 'auto'] as const;

/** How this window looks and speaks, and who is signed in. */
export function GeneralSection() {
  return (
    <Stack gap="lg">
      <Looks />
      <SignedIn />
      <OwnSessions />
    </Stack>
  );
}

function Looks() {
  const { t, locale } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h5">
          {t('settings:looks.title')}
        </Title>
        <NativeSelect
          label={t('shell:language')}
          value={locale}
          onChange={(event) => {
            const wished = LOCALES.find((each) => each === event.currentTarget.value);
            if (wished !== undefined) void changeLocale(wished);
          }}
          data={LOCALES.map((each) => ({ value: each, label: LOCALE_NAMES[each] }))}
          maw={280}
        />
        <Input.Wrapper label={t('shell:scheme.label')} labelElement="div" labelProps={{ id: 'scheme-label' }}>
          <div>
            <SegmentedControl
              aria-labelledby="scheme-label"
              value={colorScheme}
              onChange={(value) => setColorScheme(SCHEMES.find((each) => each === value) ?? 'auto')}
              data={SCHEMES.map((each) => ({ value: each, label: t(`shell:scheme.${each}`) }))}
            />
          </div>
        </Input.Wrapper>
        <Text size="sm" c="dimmed">
          {t('settings:looks.kept')}
        </Text>
      </Stack>
    </Paper>
  );
}

function SignedIn() {
  const { t } = useText();
  const { session } = useSession();
  const [asksPassword, setAsksPassword] = useState(false);
  if (session?.signedIn !== true) return null;
  const { user, role, expires } = session;
  const leave = async () => {
    await signOut();
    connection.signOut();
  };
  return (
    <Paper withBorder p="lg">
      <Stack>
        <SectionHead title={t('settings:session.title')}>
          {user !== LOCAL_USER && (
            <Button variant="default" onClick={() => setAsksPassword(true)}>
              {t('access:password.changeIt')}
            </Button>
          )}
          <Button variant="default" onClick={() => void leave()}>
            {t('shell:signOut')}
          </Button>
        </SectionHead>
        <Facts
          facts={[
            [t('settings:session.user'), user === LOCAL_USER ? t('settings:session.local') : user],
            [t('settings:session.role'), t(`settings:role.${role}`)],
            [t('settings:session.may'), t(`settings:roleMay.${role}`)],
            [t('settings:session.expires'), <DateTime key="expires" at={expires} />],
          ]}
        />
        {asksPassword && <PasswordDialog user={user} onClose={() => setAsksPassword(false)} />}
      </Stack>
    </Paper>
  );
}
