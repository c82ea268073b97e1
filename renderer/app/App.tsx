import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { connection } from '../connection/connection.ts';
import { createQueryClient } from '../connection/queries.ts';
import { useConnection } from '../connection/use-connection.ts';
import { cssVariables, theme } from '../ui/theme.ts';
import { followChanges } from './follow-changes.ts';
import { router } from './router.tsx';
import { SignInPage } from './SignInPage.tsx';
import { styleNonce } from './style-nonce.ts';
import { useDesktop } from './use-desktop.ts';

const queryClient = createQueryClient();

/** The whole page: providers around either the sign-in page or the screens. */
export function App({ signedIn }: { readonly signedIn: boolean }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <Page signedIn={signedIn} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Page({ signedIn: before }: { readonly signedIn: boolean }) {
  const [signedIn, setSignedIn] = useState(before);
  const { state } = useConnection();
  useDesktop();
  useEffect(() => {
    if (!signedIn) return;
    connection.open();
    return followChanges(queryClient);
  }, [signedIn]);
  // Whoever signs in after a session has ended gets the page anew: the host may have been replaced meanwhile. What
  // was shown stands in the address.
  if (state === 'signed-out') return <SignInPage onSignedIn={() => location.reload()} />;
  if (!signedIn) return <SignInPage onSignedIn={() => setSignedIn(true)} />;
  return <RouterProvider router={router} />;
}
