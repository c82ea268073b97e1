import { Group, SegmentedControl, Switch, Text, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { messageText } from '../../../shared/messages/message.ts';
import type { LogLine } from '../../../shared/model/run.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { ToneIcon } from '../../ui/StatusBadge.tsx';
import classes from './runs.module.css';

const route = getRouteApi('/runs/$id');
const LINE_PIXELS = 24;
const MOST_PIXELS = 320;
const FRAME_PIXELS = 10;
/** This near to its end a log counts as being read at its end. */
const END_PIXELS = 40;

/** The log: only the lines in sight are in the page. It follows its end until somebody scrolls away from it. */
export function RunLog(props: {
  readonly lines: readonly LogLine[];
  /** Older lines that are not here any more. */
  readonly left: number;
  readonly running: boolean;
}) {
  const { t, format } = useText();
  const navigate = route.useNavigate();
  const { log: shown } = route.useSearch();
  const warnings = useMemo(() => props.lines.filter(({ level }) => level !== 'info'), [props.lines]);
  const lines = shown === 'warnings' ? warnings : props.lines;
  const [follows, setFollows] = useState(true);
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('runs:log.title')}
        </Title>
        <Group gap="md">
          {props.running && (
            <Switch
              size="xs"
              label={t('runs:log.follow')}
              checked={follows}
              onChange={(event) => setFollows(event.currentTarget.checked)}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('runs:log.title')}
            value={shown ?? 'all'}
            onChange={(value) =>
              void navigate({ search: value === 'warnings' ? { log: 'warnings' } : {}, replace: true })
            }
            data={[
              { value: 'all', label: t('runs:log.all', { number: format.number(props.lines.length) }) },
              {
                value: 'warnings',
                label: t('runs:log.warnings', { number: format.number(warnings.length) }),
              },
            ]}
          />
        </Group>
      </Group>
      {props.left > 0 && (
        <Text size="xs" c="dimmed" mb={4}>
          {t('runs:log.left', { number: format.number(props.left) })}
        </Text>
      )}
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('runs:log.none')}
        </Text>
      ) : (
        <Lines lines={lines} follows={follows && props.running} onFollows={setFollows} />
      )}
    </section>
  );
}

function Lines(props: {
  readonly lines: readonly LogLine[];
  readonly follows: boolean;
  readonly onFollows: (follows: boolean) => void;
}) {
  const { t, pick, format } = useText();
  const { lines, follows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PIXELS,
    overscan: 20,
  });
  const last = lines.length - 1;
  useEffect(() => {
    if (follows) virtualizer.scrollToIndex(last, { align: 'end' });
  }, [follows, last, virtualizer]);
  return (
    <section
      ref={scroller}
      className={classes.log}
      style={{ height: Math.min(virtualizer.getTotalSize() + FRAME_PIXELS, MOST_PIXELS) }}
      aria-label={t('runs:log.title')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reached by the keyboard.
      tabIndex={0}
      onWheel={({ currentTarget }) => {
        const fromEnd = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight;
        props.onFollows(fromEnd < END_PIXELS);
      }}
    >
      <ol className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <li
              key={index}
              data-index={index}
              ref={virtualizer.measureElement}
              className={classes.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <time dateTime={line.at}>{format.time(line.at)}</time>
              {line.level === 'info' ? (
                <span />
              ) : (
                <ToneIcon tone={line.level === 'error' ? 'bad' : 'warn'} size={14} />
              )}
              <span className={classes.text}>
                {line.level !== 'info' && <span className="hf-hidden">{t(`runs:log.${line.level}`)} </span>}
                {printable(pick(messageText(line)))}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
