import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconProgress,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status.module.css';

/** How something stands: said by shape, colour and word alike. */
export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

const ICONS = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  busy: IconProgress,
  quiet: IconCircleDashed,
} as const;

/** The sign of a tone alone; whoever shows it says the word beside it. */
export function ToneIcon({ tone, size = 16 }: { readonly tone: Tone; readonly size?: number }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.icon} data-tone={tone} aria-hidden>
      <Icon size={size} stroke={1.9} />
    </span>
  );
}

export function StatusBadge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <ToneIcon tone={tone} size={14} />
      {children}
    </span>
  );
}

/** A word that tells a kind, not how something stands: without a sign. */
export function Tag({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone} data-plain>
      {children}
    </span>
  );
}
