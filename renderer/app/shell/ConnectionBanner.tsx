import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { connection } from '../../connection/connection.ts';
import { useConnection } from '../../connection/use-connection.ts';
import { useText } from '../../i18n/use-text.ts';
import classes from './shell.module.css';

/** Says, over the screen and without moving it, that the host is away or of another version. */
export function ConnectionBanner() {
  const { t } = useText();
  const { state } = useConnection();
  return (
    <div className={classes.banner} role="status">
      {state === 'lost' && (
        <div>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('shell:connection.lost')}
          <Button size="compact-xs" variant="white" color="dark" onClick={connection.open}>
            {t('shell:connection.now')}
          </Button>
        </div>
      )}
      {state === 'mismatch' && (
        <div>
          {t('shell:connection.mismatch')}
          <Button size="compact-xs" variant="white" color="dark" onClick={() => location.reload()}>
            {t('shell:connection.reload')}
          </Button>
        </div>
      )}
    </div>
  );
}
