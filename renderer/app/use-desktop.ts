import { useEffect } from 'react';
import { connection } from '../connection/connection.ts';
import { desktop } from '../connection/desktop.ts';
import { useText } from '../i18n/use-text.ts';

/** What the desktop program's window does beyond a browser's: takes archives, and a host that was started again. */
export function useDesktop(): void {
  const { locale } = useText();
  useEffect(() => void desktop?.speak(locale), [locale]);
  useEffect(() => desktop?.onHostBack(comeBack), []);
  useEffect(() => {
    if (desktop === undefined) return;
    window.addEventListener('dragover', accept);
    window.addEventListener('drop', open);
    return () => {
      window.removeEventListener('dragover', accept);
      window.removeEventListener('drop', open);
    };
  }, []);
}

/** The program has signed this window in anew. Where the old session was missed already, the page starts anew. */
function comeBack(): void {
  if (connection.state().state === 'signed-out') location.reload();
  else connection.open();
}

function accept(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
}

function open(event: DragEvent): void {
  const [file] = event.dataTransfer?.files ?? [];
  if (file === undefined) return;
  event.preventDefault();
  void desktop?.openDropped(file);
}
