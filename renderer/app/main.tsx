import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../ui/global.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import type { SessionState } from '../../shared/contract/session.ts';
import { readSession, signIn, takeTokenFromAddress } from '../connection/session.ts';
import { startI18n } from '../i18n/i18n.ts';
import { App } from './App.tsx';
import { styleNonce } from './style-nonce.ts';

// The page's security policy forbids code made of text, which zod would try first.
z.config({ jitless: true });

setStyleNonce();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const [session] = await Promise.all([start(), startI18n()]);
createRoot(root).render(<App session={session} />);

/** Signs in by the link that the page was opened with, if it was; gives who is signed in now. */
async function start(): Promise<SessionState | undefined> {
  const token = takeTokenFromAddress();
  if (token !== undefined) await signIn({ token }).catch(() => undefined);
  // A host that is away says nothing about the session: the connection will find out.
  return await readSession().catch(() => undefined);
}

/** Style elements that libraries make by themselves (a dialog stops the page from scrolling) look for it there. */
function setStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce });
}
