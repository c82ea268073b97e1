import { Paper, Radio, Stack, Title } from '@mantine/core';
import { IconClipboardCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { commandLine } from '../../../shared/command/command.ts';
import { serviceFlag, targetArgument, targetText } from '../../../shared/command/target.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useSubject } from '../../ui/target/subject.ts';
import { TargetPicker } from '../../ui/target/TargetPicker.tsx';
import { History } from './History.tsx';
import { Verifying } from './Verifying.tsx';
import classes from './verify.module.css';

const route = getRouteApi('/verify');
const LEVELS = ['content', 'file'] as const;
const KINDS = ['point', 'file'] as const;

/** Whether archives are what was written: what to read, how deep, and what was found. */
export function VerifyScreen() {
  const { t } = useText();
  const { target: text, level = 'content' } = route.useSearch();
  const navigate = route.useNavigate();
  const subject = useSubject(text);
  const target = subject?.target.of === 'cluster' ? undefined : subject?.target;
  return (
    <>
      <PageHeader
        title={t('verify:title')}
        description={t('verify:description')}
        {...(target === undefined
          ? {}
          : {
              command: commandLine([
                'verify',
                targetArgument(target),
                { flag: 'source', value: serviceFlag(target) },
                { flag: 'level', value: level },
              ]),
            })}
      />
      <div className={classes.columns}>
        <Paper withBorder p="md">
          <Stack gap="md">
            <div>
              <Title order={2} size="h6" mb="xs">
                {t('verify:what')}
              </Title>
              <TargetPicker
                key={text}
                label={t('verify:what')}
                value={target}
                kinds={KINDS}
                wholePoints
                onChange={(chosen) =>
                  void navigate({ search: (before) => ({ ...before, target: targetText(chosen) }) })
                }
              />
            </div>
            <Radio.Group
              label={t('verify:level.label')}
              value={level}
              onChange={(chosen) =>
                void navigate({
                  search: (before) => ({ ...before, level: LEVELS.find((each) => each === chosen) }),
                  replace: true,
                })
              }
            >
              <Stack gap="xs" mt="xs">
                {LEVELS.map((each) => (
                  <Radio
                    key={each}
                    value={each}
                    label={t(`verify:level.${each}`)}
                    description={t(`verify:levelHelp.${each}`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
            {target?.of === 'point' && <History point={target.point} service={target.service} />}
          </Stack>
        </Paper>
        {subject === undefined || target === undefined ? (
          <EmptyState
            icon={IconClipboardCheck}
            title={t('verify:empty.title')}
            text={t('verify:empty.text')}
          />
        ) : (
          <Verifying key={`${subject.text} ${level}`} subject={subject} level={level} />
        )}
      </div>
    </>
  );
}
