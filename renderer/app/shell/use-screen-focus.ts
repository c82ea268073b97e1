import { useRouterState } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * When another screen is entered, its title takes the focus, so that the keyboard and screen readers go on from
 * there, and names the window. A field of the screen or a dialog that has the focus already keeps it. A change of
 * search parameters alone moves nothing.
 */
export function useScreenFocus(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const entered = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (path === undefined) return;
    const title = main.current?.querySelector<HTMLElement>('[data-page-title]');
    document.title = title === null || title === undefined ? 'Holdfast' : `${title.textContent} · Holdfast`;
    const changed = entered.current !== undefined && entered.current !== path;
    if (changed && !hasFocus(main.current)) (title ?? main.current)?.focus({ preventScroll: true });
    entered.current = path;
  }, [path, main]);
}

function hasFocus(main: HTMLElement | null): boolean {
  const { activeElement } = document;
  if (activeElement === null || activeElement === main) return false;
  return main?.contains(activeElement) === true || activeElement.closest('[role="dialog"]') !== null;
}
