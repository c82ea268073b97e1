import { Kbd } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useEffect, useRef } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { SCREENS } from '../screens.ts';
import classes from './shell.module.css';

const SEQUENCE_MILLISECONDS = 1_500;

/** The list of shortcuts, and those shortcuts themselves: `?` opens it, `g` and a letter goes to a screen. */
export function Shortcuts(props: {
  readonly opened: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const navigate = useNavigate();
  const goPressed = useRef(0);
  const { onOpen } = props;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') return onOpen();
      const screen = SCREENS.find(({ key }) => key === event.key);
      const afterGo = event.timeStamp - goPressed.current < SEQUENCE_MILLISECONDS && goPressed.current > 0;
      goPressed.current = event.key === 'g' ? event.timeStamp : 0;
      if (afterGo && screen !== undefined) void navigate({ to: screen.to });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigate, onOpen]);
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('shell:shortcuts.title')}>
      <dl className={classes.keys}>
        <dt>
          <Kbd>Ctrl</Kbd> <Kbd>K</Kbd>
        </dt>
        <dd>{t('shell:palette.open')}</dd>
        <dt>
          <Kbd>?</Kbd>
        </dt>
        <dd>{t('shell:shortcuts.title')}</dd>
        {SCREENS.map(({ to, title, key }) => (
          <Fragment key={to}>
            <dt>
              <Kbd>g</Kbd> <Kbd>{key}</Kbd>
            </dt>
            <dd>{t(title)}</dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
