import {
  Button,
  Center,
  Group,
  Paper,
  PasswordInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SignIn } from '../../shared/contract/session.ts';
import { signIn, tokenIn } from '../connection/session.ts';
import { useSession } from '../connection/use-session.ts';
import { useText } from '../i18n/use-text.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { Mark } from '../ui/Mark.tsx';
import { LanguageMenu } from './shell/LanguageMenu.tsx';
import { SchemeMenu } from './shell/SchemeMenu.tsx';

type Way = 'link' | 'user';

/** For whoever has no session: the link of `holdfast serve`, or a name and a password where the host has users. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useText();
  // What was known is of the session that has ended.
  const { session } = useSession({ anew: true });
  const ways = session?.signedIn === false ? session.ways : [];
  const both = ways.includes('token') && ways.includes('password');
  const [chosen, setChosen] = useState<Way>();
  const way = chosen ?? (ways.includes('password') ? 'user' : 'link');
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onSignedIn });
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w={440}>
        <Stack gap="lg">
          <Group justify="space-between">
            <Group gap="sm">
              <Mark />
              <Title order={1} size="h3">
                Holdfast
              </Title>
            </Group>
            <Group gap={4}>
              <LanguageMenu />
              <SchemeMenu />
            </Group>
          </Group>
          {both && (
            <SegmentedControl
              value={way}
              onChange={setChosen}
              data={[
                { value: 'user', label: t('shell:signIn.byUser') },
                { value: 'link', label: t('shell:signIn.byLink') },
              ]}
            />
          )}
          {way === 'link' ? (
            <LinkForm busy={attempt.isPending} onSubmit={attempt.mutate} />
          ) : (
            <UserForm busy={attempt.isPending} onSubmit={attempt.mutate} />
          )}
          {attempt.error !== null && <ErrorPanel error={attempt.error} />}
        </Stack>
      </Paper>
    </Center>
  );
}

interface FormProps {
  readonly busy: boolean;
  readonly onSubmit: (credentials: SignIn) => void;
}

function LinkForm({ busy, onSubmit }: FormProps) {
  const { t } = useText();
  const [pasted, setPasted] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tokenIn(pasted) !== '') onSubmit({ token: tokenIn(pasted) });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('shell:signIn.linkHelp')}
        </Text>
        <PasswordInput
          label={t('shell:signIn.link')}
          placeholder="http://127.0.0.1:…/#token=…"
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
          autoComplete="off"
          autoFocus
        />
        <Button type="submit" loading={busy}>
          {t('shell:signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function UserForm({ busy, onSubmit }: FormProps) {
  const { t } = useText();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (user !== '' && password !== '') onSubmit({ user, password });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('shell:signIn.user')}
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
          autoComplete="username"
          autoFocus
        />
        <PasswordInput
          label={t('shell:signIn.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
        />
        <Button type="submit" loading={busy}>
          {t('shell:signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
