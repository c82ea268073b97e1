import { Checkbox, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { fromReport } from '../../../../shared/contract/reported.ts';
import type { ServiceInventory } from '../../../../shared/model/estimate.ts';
import { client } from '../../../connection/client.ts';
import { useStream } from '../../../connection/use-stream.ts';
import { OptionFields } from '../../../forms/OptionFields.tsx';
import { useText } from '../../../i18n/use-text.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { LoadingPanel } from '../../../ui/Skeletons.tsx';
import classes from '../tasks.module.css';
import { findDriver, type SourceDraft, selectionOf, takenSources, withSource } from './draft.ts';
import { InventoryLines } from './InventoryLines.tsx';
import type { StepProps } from './wizard-props.ts';

type Found = { readonly [service: string]: ServiceInventory };
const NOTHING: Found = {};
/** After the last keystroke, before the cluster is asked again. */
const PAUSE_MILLISECONDS = 700;
const LINE_PIXELS = 24;

/** Which services, and what of them; beside each how much that is, asked of the cluster itself. */
export function SourcesStep({ draft, drivers, onChange }: StepProps) {
  const { t } = useText();
  const { found, error } = useInventory(draft.cluster, takenSources(draft), drivers);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('tasks:help.sources')}
      </Text>
      {error !== undefined && <ErrorPanel error={error} />}
      {draft.sources.map((source) => (
        <fieldset key={source.service} className={classes.fieldset}>
          <Stack gap="md">
            <Checkbox
              label={source.service}
              fw={600}
              checked={source.taken}
              onChange={(event) =>
                onChange(withSource(draft, source.service, { taken: event.currentTarget.checked }))
              }
            />
            {source.taken && (
              <>
                <Inventory
                  inventory={found[source.service]}
                  failed={error !== undefined}
                  drivers={drivers}
                  source={source}
                />
                <OptionFields
                  fields={findDriver(drivers.sources, source.source)?.selection ?? []}
                  values={source.selection}
                  onChange={(selection) => onChange(withSource(draft, source.service, { selection }))}
                />
              </>
            )}
          </Stack>
        </fieldset>
      ))}
    </Stack>
  );
}

function useInventory(
  cluster: string,
  sources: readonly SourceDraft[],
  drivers: StepProps['drivers'],
): { readonly found: Found; readonly error: Error | undefined } {
  const services = sources.map((source) => ({
    service: source.service,
    selection: selectionOf(source, drivers.sources),
  }));
  const [key] = useDebouncedValue(JSON.stringify([cluster, services]), PAUSE_MILLISECONDS);
  const stream = useStream<ServiceInventory, Found>(key, {
    open: async (signal) =>
      // None named would mean all.
      services.length === 0 ? nothing() : client.clusters.inventory({ name: cluster, services }, { signal }),
    initial: NOTHING,
    reduce: (found, inventory) => ({ ...found, [inventory.service]: inventory }),
  });
  return { found: stream.value, error: stream.error };
}

async function* nothing(): AsyncGenerator<ServiceInventory> {}

function Inventory(props: {
  readonly inventory: ServiceInventory | undefined;
  readonly failed: boolean;
  readonly drivers: StepProps['drivers'];
  readonly source: SourceDraft;
}) {
  const { inventory } = props;
  if (inventory === undefined) return props.failed ? null : <LoadingPanel height={LINE_PIXELS} />;
  if (inventory.error !== undefined) return <ErrorPanel error={fromReport(inventory.error)} />;
  const kinds = findDriver(props.drivers.sources, props.source.source)?.kinds ?? [];
  return <InventoryLines lines={inventory.lines} kinds={kinds} />;
}
