import { ActionIcon, Group, NativeSelect, Text, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { CopyIcon } from '../CopyIcon.tsx';
import { ErrorPanel } from '../ErrorPanel.tsx';
import { Bytes } from '../Quantity.tsx';
import { LoadingPanel } from '../Skeletons.tsx';
import type { Subject } from '../target/subject.ts';
import { bytesOf } from './bytes.ts';
import { downloadValue } from './download.ts';
import classes from './entry.module.css';
import type { JavaStream } from './java-stream.ts';
import { Section } from './Section.tsx';
import { useValue } from './use-entry.ts';
import { formText, recognise, type ValueForm } from './value-form.ts';

/** Bytes that are read and shown at once. */
const RANGE = 64 * 1024;

export interface ValueViewProps {
  readonly subject: Subject;
  readonly entryKey: Key;
  /** Bytes of the whole value; null: there is none. */
  readonly size: number | null;
}

/** The raw value of an entry: read as what it seems to be, or as the reader chooses; large ones range by range. */
export function ValueView({ subject, entryKey, size }: ValueViewProps) {
  const { t } = useText();
  if (size === null || size === 0) {
    return (
      <Section title={t('entry:value.title')}>
        <p className={classes.quiet}>{t(size === null ? 'entry:value.none' : 'entry:value.empty')}</p>
      </Section>
    );
  }
  return <ValueRange key={entryKey.join('/')} subject={subject} entryKey={entryKey} size={size} />;
}

function ValueRange({ subject, entryKey, size }: ValueViewProps & { readonly size: number }) {
  const { t } = useText();
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState<ValueForm>();
  const value = useValue(subject, entryKey, { offset, length: RANGE });
  const range = useMemo(() => {
    if (value.data === undefined) return undefined;
    const bytes = bytesOf(value.data.base64);
    return { bytes, offset: value.data.offset, whole: bytes.length === value.data.size };
  }, [value.data]);
  const recognised = useMemo(() => (range === undefined ? undefined : recognise(range)), [range]);
  const forms = recognised?.forms ?? [];
  const form = forms.find((each) => each === chosen) ?? forms[0];
  const text = useMemo(() => {
    if (range === undefined || recognised === undefined || form === undefined || form === 'java') return '';
    return formText(form, range, recognised);
  }, [range, recognised, form]);
  return (
    <Section
      title={t('entry:value.title')}
      aside={
        <Group gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed">
            <Bytes value={size} />
          </Text>
          <NativeSelect
            size="xs"
            aria-label={t('entry:value.form')}
            value={form ?? ''}
            onChange={(event) => setChosen(forms.find((each) => each === event.currentTarget.value))}
            data={forms.map((each) => ({ value: each, label: t(`entry:form.${each}`) }))}
          />
          <CopyIcon text={text} />
          <Download subject={subject} entryKey={entryKey} size={size} />
        </Group>
      }
    >
      {value.isError && <ErrorPanel error={value.error} onRetry={() => void value.refetch()} />}
      {value.isPending && <LoadingPanel height={120} />}
      {form === 'java' && recognised?.java !== undefined && <JavaView java={recognised.java} />}
      {form !== undefined && form !== 'java' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        <pre className={classes.value} data-form={form} tabIndex={0}>
          {text}
        </pre>
      )}
      {size > RANGE && <Ranges offset={offset} size={size} onOffset={setOffset} />}
    </Section>
  );
}

/** Where in a large value the shown range stands, and the ways to others. */
function Ranges({
  offset,
  size,
  onOffset,
}: {
  readonly offset: number;
  readonly size: number;
  readonly onOffset: (offset: number) => void;
}) {
  const { t, format } = useText();
  const last = Math.min(offset + RANGE, size);
  return (
    <Group gap="xs" mt={6}>
      <ActionIcon
        variant="default"
        size="sm"
        disabled={offset === 0}
        aria-label={t('entry:value.previous')}
        onClick={() => onOffset(Math.max(0, offset - RANGE))}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <Text size="xs" c="dimmed" className="hf-figures">
        {t('entry:value.range', {
          from: format.number(offset + 1),
          to: format.number(last),
          size: format.number(size),
        })}
      </Text>
      <ActionIcon
        variant="default"
        size="sm"
        disabled={last >= size}
        aria-label={t('entry:value.next')}
        onClick={() => onOffset(offset + RANGE)}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </Group>
  );
}

function Download({ subject, entryKey, size }: ValueViewProps & { readonly size: number }) {
  const { t } = useText();
  const download = useQuery({
    queryKey: ['download', subject.text, entryKey],
    queryFn: ({ signal }) => downloadValue(subject, entryKey, size, signal).then(() => true),
    enabled: false,
    gcTime: 0,
    retry: false,
  });
  return (
    <Tooltip label={t('entry:value.download')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        loading={download.isFetching}
        aria-label={t('entry:value.download')}
        onClick={() => void download.refetch()}
      >
        <IconDownload size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A serialised Java object: its classes are not needed to tell what it is and which texts it holds. */
function JavaView({ java }: { readonly java: JavaStream }) {
  const { t } = useText();
  return (
    <div className={classes.value}>
      <Text size="sm" mb={6}>
        {t('entry:java.about')}
      </Text>
      {java.texts.length > 0 && (
        <>
          <p className={classes.heading}>{t('entry:java.texts')}</p>
          <ul className={classes.java}>
            {java.texts.map((text) => (
              <li key={text}>{printable(text)}</li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.heading}>{t('entry:java.classes')}</p>
      <ul className={classes.java}>
        {java.classes.map((name) => (
          <li key={name}>{printable(name)}</li>
        ))}
      </ul>
    </div>
  );
}
