import { Autocomplete, NativeSelect, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { clusterColour } from '../../../shared/model/cluster.ts';
import { api } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { ColourDot } from '../../ui/ClusterName.tsx';
import { isFolder, type MarksDraft } from './marks-draft.ts';

/** Colour, folder and description: what a cluster is known by among many. None of it changes what is done. */
export function MarksFields({
  marks,
  onChange,
}: {
  readonly marks: MarksDraft;
  readonly onChange: (marks: MarksDraft) => void;
}) {
  const { t } = useText();
  const { colour, folder, description } = marks;
  const clusters = useQuery(api.clusters.list.queryOptions({ input: {} }));
  const folders = useMemo(
    () => [...new Set((clusters.data ?? []).flatMap((each) => each.folder ?? []))].sort(),
    [clusters.data],
  );
  return (
    <Stack>
      <SimpleGrid cols={2}>
        <NativeSelect
          label={t('clusters:field.colour')}
          leftSection={colour === '' ? undefined : <ColourDot colour={colour} />}
          value={colour}
          onChange={(event) => {
            const wished = clusterColour.safeParse(event.currentTarget.value);
            onChange({ ...marks, colour: wished.success ? wished.data : '' });
          }}
          data={[
            { value: '', label: t('clusters:noColour') },
            ...clusterColour.options.map((each) => ({ value: each, label: t(`clusters:colour.${each}`) })),
          ]}
        />
        <Autocomplete
          label={t('clusters:field.folder')}
          placeholder={t('clusters:folderExample')}
          error={isFolder(folder) ? undefined : t('clusters:folderInvalid')}
          value={folder}
          onChange={(value) => onChange({ ...marks, folder: value })}
          data={folders}
          size="sm"
        />
      </SimpleGrid>
      <Textarea
        label={t('clusters:field.description')}
        value={description}
        onChange={(event) => onChange({ ...marks, description: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
      />
    </Stack>
  );
}
