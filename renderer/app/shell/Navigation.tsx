import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/use-text.ts';
import { SCREEN_GROUPS } from '../screens.ts';
import classes from './shell.module.css';

export function Navigation() {
  const { t } = useText();
  return (
    <nav aria-label={t('shell:navigation')}>
      {SCREEN_GROUPS.map((screens) => (
        <ul key={screens[0]?.to} className={classes.group}>
          {screens.map(({ to, title, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                className={classes.item ?? ''}
                activeOptions={{ exact: to === '/', includeSearch: false }}
              >
                <Icon size={18} stroke={1.7} />
                {t(title)}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
