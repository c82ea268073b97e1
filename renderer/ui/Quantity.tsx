import { Text, Tooltip } from '@mantine/core';
import { useText } from '../i18n/use-text.ts';
import { useNow } from './clock.ts';

/** An age or the time until something; the exact local time on hover and for screen readers. */
export function TimeAgo({ at }: { readonly at: string }) {
  const { format } = useText();
  const now = useNow();
  return (
    <Tooltip label={format.dateTime(at)}>
      <time dateTime={at}>{format.relative(at, Math.max(now, 0))}</time>
    </Tooltip>
  );
}

/** An instant in local time. */
export function DateTime({ at }: { readonly at: string }) {
  const { format } = useText();
  return <time dateTime={at}>{format.dateTime(at)}</time>;
}

/** When something starts by its schedule. */
export function ScheduledTime({ at }: { readonly at: string }) {
  const { format } = useText();
  return <time dateTime={at}>{format.scheduled(at)}</time>;
}

/** A size; the exact number of bytes on hover. */
export function Bytes({ value }: { readonly value: number }) {
  const { t, format } = useText();
  return (
    <Tooltip label={t('common:bytes', { count: value, number: format.number(value) })}>
      <Text span inherit className="hf-figures">
        {format.bytes(value)}
      </Text>
    </Tooltip>
  );
}

export function Count({ value }: { readonly value: number }) {
  const { format } = useText();
  return <span className="hf-figures">{format.number(value)}</span>;
}

/** A length of time in milliseconds. */
export function Duration({ milliseconds }: { readonly milliseconds: number }) {
  const { format } = useText();
  return <span className="hf-figures">{format.duration(milliseconds)}</span>;
}
