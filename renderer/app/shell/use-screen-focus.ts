import { useRouterState } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * When another screen is entered, its title takes the focus, so that the keyboard and screen readers go on from
 * there, and names the window. A change of search parameters alone moves nothing.
 */
export function useScreenFocus(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const entered = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (path === undefined) return;
    const title = main.current?.querySelector<HTMLElement>('[data-page-title]');
    document.title = title === null || title === undefined ? 'Holdfast' : `${title.textContent} · Holdfast`;
    const first = entered.current === undefined;
    if (!first && entered.current !== path) (title ?? main.current)?.focus({ preventScroll: true });
    entered.current = path;
  }, [path, main]);
}
