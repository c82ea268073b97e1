import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../i18n/use-text.ts';
import classes from './wizard.module.css';

export interface WizardStep {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
  /** Whether one may go on; default: yes. */
  readonly ready?: boolean;
}

export interface WizardProps {
  readonly steps: readonly WizardStep[];
  /** Id of the step that is shown; the screen keeps it in its address. */
  readonly current: string;
  readonly onStep: (id: string) => void;
  readonly onCancel: () => void;
  readonly onFinish: () => void;
  readonly finish: string;
  readonly busy?: boolean;
  /** Takes what the window leaves, for steps with tables. */
  readonly wide?: boolean;
  /** What it does at its end cannot simply be done again. */
  readonly danger?: boolean;
}

/** Frame of every wizard. Enter goes on, Alt+Left goes back as in the browser's history; each step takes the focus. */
export function Wizard(props: WizardProps) {
  const { steps, current, onStep, onCancel, onFinish, finish, busy } = props;
  const { t } = useText();
  const index = Math.max(
    0,
    steps.findIndex(({ id }) => id === current),
  );
  const step = steps[index];
  const next = steps[index + 1];
  const previous = steps[index - 1];
  const heading = useRef<HTMLHeadingElement>(null);
  const entered = useRef(current);
  useEffect(() => {
    if (entered.current !== current) heading.current?.focus();
    entered.current = current;
  }, [current]);
  if (step === undefined) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog that a step opened may hold a form of its own: React hands its events on to here.
    if (event.target !== event.currentTarget) return;
    if (step.ready === false || busy === true) return;
    if (next === undefined) onFinish();
    else onStep(next.id);
  };
  return (
    <div className={classes.frame} data-wide={props.wide || undefined}>
      <ol className={classes.steps} aria-label={t('common:wizard.steps')}>
        {steps.map(({ id, title }, place) => (
          <li
            key={id}
            aria-current={place === index ? 'step' : undefined}
            data-done={place < index || undefined}
          >
            <button type="button" disabled={place >= index} onClick={() => onStep(id)}>
              <span className={classes.number} aria-hidden>
                {place < index ? <IconCheck size={14} stroke={2.4} /> : place + 1}
              </span>
              {title}
            </button>
          </li>
        ))}
      </ol>
      <Paper withBorder p="lg" component="form" onSubmit={submit} className={classes.body ?? ''}>
        <Stack gap="md">
          <Title order={2} size="h4" tabIndex={-1} ref={heading} className={classes.heading ?? ''}>
            {step.title}
          </Title>
          {step.content}
        </Stack>
        <Group justify="space-between" mt="xl">
          <Button variant="subtle" color="gray" ml="calc(var(--mantine-spacing-md) * -1)" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
          <Group gap="xs">
            {previous !== undefined && (
              <Button variant="default" onClick={() => onStep(previous.id)}>
                {t('common:wizard.back')}
              </Button>
            )}
            <Button
              type="submit"
              disabled={step.ready === false}
              loading={busy === true}
              {...(props.danger === true && next === undefined ? { color: 'red' } : {})}
            >
              {next === undefined ? finish : t('common:wizard.next')}
            </Button>
          </Group>
        </Group>
      </Paper>
    </div>
  );
}
