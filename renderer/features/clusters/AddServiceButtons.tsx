import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { useText } from '../../i18n/use-text.ts';

/** One button for each kind of service. */
export function AddServiceButtons({
  drivers,
  onAdd,
}: {
  readonly drivers: readonly SourceDescription[];
  readonly onAdd: (driver: SourceDescription) => void;
}) {
  const { pick } = useText();
  return (
    <Group>
      {drivers.map((driver) => (
        <Button
          key={driver.id}
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => onAdd(driver)}
        >
          {pick(driver.label)}
        </Button>
      ))}
    </Group>
  );
}
