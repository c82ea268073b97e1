import { Checkbox, Group, Radio, Stack, TagsInput, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { Subject } from '../../ui/target/subject.ts';
import { serviceOf, useServices, withService } from '../../ui/target/use-services.ts';
import { SelectionTree } from './SelectionTree.tsx';
import type { RestoreSearch } from './search.ts';
import { toggled } from './selection.ts';

/** What of the point comes back: services, and of one service all or what is ticked or matched. */
export function SelectionStep({
  subject,
  search,
  onChange,
  partly,
  onPartly,
}: {
  readonly subject: Subject;
  readonly search: RestoreSearch;
  readonly onChange: (part: Partial<RestoreSearch>) => void;
  /** Not everything: nothing at all as long as nothing is ticked. */
  readonly partly: boolean;
  readonly onPartly: (partly: boolean) => void;
}) {
  const { t } = useText();
  const { select = [] } = search;
  const offered = useServices(subject.target) ?? [];
  const fixed = serviceOf(subject.target);
  const services = fixed === undefined ? (search.services ?? offered) : [fixed];
  const single = offered.length <= 1 || services.length === 1;
  const looked = useLookedAt(subject, services[0]);
  const setServices = (wished: readonly string[]) => {
    const all = wished.length === offered.length;
    onPartly(false);
    onChange({ services: all ? undefined : [...wished], select: undefined });
  };
  const setPatterns = (patterns: readonly string[]) =>
    onChange({ select: patterns.length === 0 ? undefined : [...patterns] });
  return (
    <Stack>
      {offered.length > 1 && fixed === undefined && (
        <Checkbox.Group
          label={t('restore:selection.services')}
          value={[...services]}
          onChange={(wished) =>
            wished.length > 0 && setServices(offered.filter((each) => wished.includes(each)))
          }
        >
          <Group mt="xs">
            {offered.map((service) => (
              <Checkbox key={service} value={service} label={service} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <Radio.Group
        label={t('restore:selection.what')}
        value={partly ? 'some' : 'all'}
        onChange={(value) => {
          onPartly(value === 'some');
          if (value === 'all') setPatterns([]);
        }}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="all"
            label={t('restore:selection.all')}
            description={t('restore:selection.allHelp')}
          />
          <Radio
            value="some"
            disabled={!single}
            label={t('restore:selection.some')}
            description={t(single ? 'restore:selection.someHelp' : 'restore:selection.oneService')}
          />
        </Stack>
      </Radio.Group>
      {partly && single && (
        <>
          <SelectionTree
            subject={looked}
            patterns={select}
            onToggle={(key) => setPatterns(toggled(select, key))}
          />
          <TagsInput
            label={t('restore:selection.patterns')}
            description={t('restore:selection.patternsHelp')}
            placeholder="/app/config/*"
            value={[...select]}
            onChange={setPatterns}
            clearable
            clearButtonProps={{ 'aria-label': t('restore:selection.clear') }}
          />
          {select.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('restore:selection.nothingYet')}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

/** The same point with one of its services to look into. */
function useLookedAt(subject: Subject, service: string | undefined): Subject {
  return useMemo(
    () =>
      service === undefined || subject.target.of === 'file'
        ? subject
        : { ...subject, target: withService(subject.target, service), text: `${subject.text}#${service}` },
    [subject, service],
  );
}
