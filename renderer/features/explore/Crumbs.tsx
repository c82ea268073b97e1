import { getRouteApi } from '@tanstack/react-router';
import type { Key } from '../../../shared/order/key.ts';
import { keyPath } from '../../../shared/order/key-path.ts';
import { useText } from '../../i18n/use-text.ts';
import { TextLink } from '../../ui/links.tsx';
import classes from './explore.module.css';
import { nameOf } from './names.ts';

const route = getRouteApi('/explore');

/** The way from the root to a place; each step leads back to it. */
export function Crumbs({ place }: { readonly place: Key }) {
  const { t } = useText();
  const { target } = route.useSearch();
  const steps = Array.from({ length: place.length + 1 }, (_, length) => place.slice(0, length));
  return (
    <nav aria-label={t('explore:crumbs')}>
      <ol className={classes.crumbs}>
        {steps.map((step) => (
          <li key={keyPath(step)}>
            {step.length === place.length ? (
              <span aria-current="location">{step.length === 0 ? t('explore:root') : nameOf(step)}</span>
            ) : (
              <TextLink
                to="/explore"
                search={{ target, ...(step.length === 0 ? {} : { path: keyPath(step) }) }}
              >
                {step.length === 0 ? t('explore:root') : nameOf(step)}
              </TextLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
