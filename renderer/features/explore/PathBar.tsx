import { ActionIcon, Button, NativeSelect, Popover, Stack, Switch, TextInput, Tooltip } from '@mantine/core';
import { IconAdjustments, IconArrowUp, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import type { Key } from '../../../shared/order/key.ts';
import { keyPath, parseKeyPath } from '../../../shared/order/key-path.ts';
import { useText } from '../../i18n/use-text.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import classes from './explore.module.css';
import type { ExploreSearch } from './search.ts';

const route = getRouteApi('/explore');
const WITHIN = ['name', 'content', 'both'] as const;

/** Where one is, as a path that can be pasted and copied, and the search below it. */
export function PathBar({
  place,
  searchable,
  onGo,
}: {
  readonly place: Key;
  /** Whether a search may be made here. */
  readonly searchable: boolean;
  readonly onGo: (key: Key) => void;
}) {
  const { t } = useText();
  const path = keyPath(place);
  const [typed, setTyped] = useState(path);
  useEffect(() => setTyped(path), [path]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGo(parseKeyPath(typed.trim()));
  };
  return (
    <div className={classes.bar}>
      <Tooltip label={t('explore:up')}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('explore:up')}
          disabled={place.length === 0}
          onClick={() => onGo(place.slice(0, -1))}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
      </Tooltip>
      <form onSubmit={submit} className={classes.fill}>
        <TextInput
          className={classes.path ?? ''}
          aria-label={t('explore:path')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          rightSection={<CopyIcon text={path} />}
          autoComplete="off"
          spellCheck={false}
        />
      </form>
      {searchable && <SearchForm />}
    </div>
  );
}

/** Starts a search when it is sent off, not with every letter: it may read all there is. */
function SearchForm() {
  const { t } = useText();
  const { find = '', within = 'name', expression = false, matchCase = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(find);
  useEffect(() => setTyped(find), [find]);
  const change = (changed: Partial<ExploreSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ search: (before) => ({ ...before, find: typed === '' ? undefined : typed }) });
  };
  return (
    <search>
      <form onSubmit={submit} className={classes.searchForm}>
        <TextInput
          w={240}
          aria-label={t('explore:search.label')}
          placeholder={t('explore:search.label')}
          leftSection={<IconSearch size={15} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Popover width={260} position="bottom-end" shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon variant="default" size="lg" aria-label={t('explore:search.options')}>
              <IconAdjustments size={16} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('explore:search.options')}>
            <Stack gap="sm">
              <NativeSelect
                label={t('explore:search.within')}
                value={within}
                onChange={(event) =>
                  change({ within: WITHIN.find((each) => each === event.currentTarget.value) ?? 'name' })
                }
                data={WITHIN.map((each) => ({ value: each, label: t(`explore:search.in.${each}`) }))}
              />
              <Switch
                label={t('explore:search.expression')}
                checked={expression}
                onChange={(event) => change({ expression: event.target.checked || undefined })}
              />
              <Switch
                label={t('explore:search.matchCase')}
                checked={matchCase}
                onChange={(event) => change({ matchCase: event.target.checked || undefined })}
              />
            </Stack>
          </Popover.Dropdown>
        </Popover>
        <Button type="submit" variant="default">
          {t('explore:search.start')}
        </Button>
      </form>
    </search>
  );
}
