import { Box, Text } from '@mantine/core';
import type { CheckResult } from '../../shared/model/preflight.ts';
import { useText } from '../i18n/use-text.ts';
import classes from './page.module.css';
import { LoadingPanel } from './Skeletons.tsx';
import { type Tone, ToneIcon } from './StatusBadge.tsx';

const TONES: { readonly [result in CheckResult['result']]: Tone } = {
  passed: 'good',
  warning: 'warn',
  failed: 'bad',
  unknown: 'quiet',
};

/** Checks as they come in: what was found, and what to do where it is not well. */
export function CheckList({
  checks,
  running,
}: {
  readonly checks: readonly CheckResult[];
  readonly running: boolean;
}) {
  const { t, pick } = useText();
  if (checks.length === 0) return running ? <LoadingPanel height={120} /> : null;
  return (
    <ul className={classes.checks} aria-live="polite" aria-busy={running}>
      {checks.map((check) => (
        <li key={`${check.check} ${check.subject} ${check.finding.en}`}>
          <span className={classes.checkIcon}>
            <ToneIcon tone={TONES[check.result]} size={18} />
          </span>
          <Box>
            <Text size="sm">
              <b>{check.subject}</b> · {t(`common:check.${check.result}`)} · {pick(check.finding)}
            </Text>
            {check.remedy !== undefined && (
              <Text size="sm" c="dimmed">
                {pick(check.remedy)}
              </Text>
            )}
          </Box>
        </li>
      ))}
      {running && <li aria-hidden>{t('common:check.running')}</li>}
    </ul>
  );
}
