import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { SessionState } from '../../shared/contract/session.ts';
import { connection } from '../connection/connection.ts';
import { createQueryClient } from '../connection/queries.ts';
import { useConnection } from '../connection/use-connection.ts';
import { sessionQuery } from '../connection/use-session.ts';
import { cssVariables, theme } from '../ui/theme.ts';
import { followChanges } from './follow-changes.ts';
import { router } from './router.tsx';
import { SignInPage } from './SignInPage.tsx';
import { styleNonce } from './style-nonce.ts';
import { useDesktop } from './use-desktop.ts';

interface SessionProps {
  /** Who is signed in; undefined: the host is away and does not say. */
  readonly session: SessionState | undefined;
}

/** The whole page: providers around either the sign-in page or the screens. */
export function App({ session }: SessionProps) {
  const [queryClient] = useState(() => {
    const created = createQueryClient();
    // What somebody may do is known before the first button is shown.
    if (session !== undefined) created.setQueryData(sessionQuery.queryKey, session);
    return created;
  });
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <Page session={session} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Page({ session }: SessionProps) {
  const queryClient = useQueryClient();
  const [signedIn, setSignedIn] = useState(session?.signedIn !== false);
  const { state } = useConnection();
  useDesktop();
  useEffect(() => {
    if (!signedIn) return;
    connection.open();
    return followChanges(queryClient);
  }, [signedIn, queryClient]);
  const enter = async () => {
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => undefined);
    setSignedIn(true);
  };
  // Whoever signs in after a session has ended gets the page anew: the host may have been replaced meanwhile. What
  // was shown stands in the address.
  if (state === 'signed-out') return <SignInPage onSignedIn={() => location.reload()} />;
  if (!signedIn) return <SignInPage onSignedIn={() => void enter()} />;
  return <RouterProvider router={router} />;
}
