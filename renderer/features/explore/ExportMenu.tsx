import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import classes from './explore.module.css';
import { type ExportForm, exportListing, MOST_ENTRIES } from './export-listing.ts';

const FORMS: readonly ExportForm[] = ['csv', 'json', 'entries'];

/** The listing of a place as a file. */
export function ExportMenu({
  subject,
  place,
  total,
}: {
  readonly subject: Subject;
  readonly place: Key;
  readonly total: number | undefined;
}) {
  const { t, format } = useText();
  const [done, setDone] = useState<number>();
  const [error, setError] = useState<unknown>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const run = async (form: ExportForm) => {
    const controller = new AbortController();
    abort.current = controller;
    setError(undefined);
    setDone(0);
    try {
      await exportListing({ subject, parent: place, form, progress: setDone }, controller.signal);
    } catch (thrown) {
      if (!controller.signal.aborted) setError(thrown);
    }
    setDone(undefined);
  };
  if (done !== undefined) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => abort.current?.abort()}>
        {t('explore:export.cancel', { number: format.number(done) })}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconDownload size={14} />}
          disabled={total === undefined || total === 0}
        >
          {t('explore:export.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMS.map((form) => (
          <Menu.Item
            key={form}
            disabled={form === 'entries' && (total ?? 0) > MOST_ENTRIES}
            onClick={() => void run(form)}
          >
            {t(`explore:export.${form}`)}
          </Menu.Item>
        ))}
        {(total ?? 0) > MOST_ENTRIES && (
          <Menu.Label>{t('explore:export.tooMany', { number: format.number(MOST_ENTRIES) })}</Menu.Label>
        )}
      </Menu.Dropdown>
      {error !== undefined && (
        <div className={classes.exportError}>
          <ErrorPanel error={error} />
        </div>
      )}
    </Menu>
  );
}
