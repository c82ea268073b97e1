import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { asOurs } from '../../shared/contract/reported.ts';
import { type ErrorReport, explainError, reportError } from '../../shared/errors/error.ts';
import { textLanguage } from '../i18n/language.ts';
import { useText } from '../i18n/use-text.ts';
import { CopyIcon } from './CopyIcon.tsx';
import classes from './page.module.css';
import { ToneIcon } from './StatusBadge.tsx';
import { VaultButton } from './VaultButton.tsx';

/** What a secret cannot be kept or used without; it is put right on a screen, not only by the remedy's command. */
const FOR_WANT_OF_A_VAULT: ReadonlySet<string> = new Set(['secrets.no-vault', 'secrets.locked']);

/** What happened, to what, and what to do about it; the code and causes can be copied for whoever is asked. */
export function ErrorPanel({
  error: thrown,
  onRetry,
}: {
  /** Whatever a call failed with. */
  readonly error: unknown;
  readonly onRetry?: () => void;
}) {
  const { t, pick, locale } = useText();
  const error = asOurs(thrown);
  const { message, remedy } = explainError(error);
  const report = reportError(error, textLanguage(locale));
  const copied = [`${report.code}: ${report.message}`, report.remedy, ...report.causes].join('\n');
  return (
    <section role="alert" className={classes.error}>
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <ToneIcon tone="bad" size={20} />
        <Stack gap={4} flex={1}>
          <Text fw={600} size="sm">
            {pick(message)}
          </Text>
          <Text size="sm">{pick(remedy)}</Text>
          {newCauses(report).map((cause) => (
            <Text key={cause} size="xs" c="dimmed">
              {cause}
            </Text>
          ))}
          <Group gap="xs">
            <Code>{error.code}</Code>
            <CopyIcon text={copied} />
            {FOR_WANT_OF_A_VAULT.has(error.code) && <VaultButton />}
            {onRetry !== undefined && (
              <Button size="compact-sm" variant="default" onClick={onRetry}>
                {t('common:retry')}
              </Button>
            )}
          </Group>
        </Stack>
      </Group>
    </section>
  );
}

/** Causes that say something which was not said before: messages often quote them. */
function newCauses({ message, causes }: ErrorReport): readonly string[] {
  return causes.filter((cause, i) => ![message, ...causes.slice(0, i)].some((said) => said.includes(cause)));
}
