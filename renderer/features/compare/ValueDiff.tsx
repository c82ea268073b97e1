import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ShownEntry, ValueRange } from '../../../shared/model/listing.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { bytesOf } from '../../ui/entry/bytes.ts';
import { Section } from '../../ui/entry/Section.tsx';
import { useValue } from '../../ui/entry/use-entry.ts';
import { formText, recognise, type ValueBytes } from '../../ui/entry/value-form.ts';
import { LoadingPanel } from '../../ui/Skeletons.tsx';
import type { Subject } from '../../ui/target/subject.ts';
import { DiffText } from './DiffText.tsx';

/** Bytes of either value that are compared here. */
const COMPARED = 64 * 1024;
const RANGE = { offset: 0, length: COMPARED };

/** Both values as what they are: JSON laid out alike, text line by line, else bytes. */
export function ValueDiff({
  left,
  right,
  before,
  after,
}: {
  readonly left: Subject;
  readonly right: Subject;
  readonly before: ShownEntry;
  readonly after: ShownEntry;
}) {
  const { t, format } = useText();
  const one = useValue(left, before.key, RANGE);
  const other = useValue(right, after.key, RANGE);
  const texts = useMemo(
    () => (one.data === undefined || other.data === undefined ? undefined : alike(one.data, other.data)),
    [one.data, other.data],
  );
  const sizes = [before.valueSize, after.valueSize].map((size) =>
    size === null ? t('compare:noValue') : format.bytes(size),
  );
  const isCut = Math.max(before.valueSize ?? 0, after.valueSize ?? 0) > COMPARED;
  const error = one.error ?? other.error;
  return (
    <Section
      title={t('entry:value.title')}
      aside={
        <Text size="xs" c="dimmed">
          {sizes.join(' → ')}
        </Text>
      }
    >
      {isCut && (
        <Text size="xs" c="dimmed" mb={4}>
          {t('compare:firstBytes', { size: format.bytes(COMPARED) })}
        </Text>
      )}
      {error !== null && <ErrorPanel error={error} />}
      {texts === undefined && error === null && <LoadingPanel height={120} />}
      {texts !== undefined && <DiffText left={texts.left} right={texts.right} />}
    </Section>
  );
}

/** Both in the best form that either can be read in. */
function alike(one: ValueRange, other: ValueRange): { left: string; right: string } {
  const ranges = [one, other].map(({ base64, offset, size }): ValueBytes => {
    const bytes = bytesOf(base64);
    return { bytes, offset, whole: bytes.length === size };
  });
  const read = ranges.map((range) => ({ range, recognised: recognise(range) }));
  const form =
    (['json', 'text'] as const).find((each) =>
      read.every(({ recognised, range }) => range.bytes.length === 0 || recognised.forms.includes(each)),
    ) ?? 'hex';
  const [left = '', right = ''] = read.map(({ range, recognised }) =>
    range.bytes.length === 0 ? '' : formText(form, range, recognised),
  );
  return { left, right };
}
