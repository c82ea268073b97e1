import { Group, Text, Title } from '@mantine/core';
import type { SourceDescription } from '../../../shared/model/driver.ts';
import { useText } from '../../i18n/use-text.ts';

/** What a service is called, and of which kind it is where the name does not say so. */
export function ServiceTitle(props: {
  readonly order: 2 | 3;
  readonly service: string;
  readonly driver: SourceDescription | undefined;
}) {
  const { pick } = useText();
  const kind = props.driver === undefined ? undefined : pick(props.driver.label);
  return (
    <Group gap="sm" align="baseline">
      <Title order={props.order} size="h5">
        {props.service}
      </Title>
      {kind !== undefined && kind !== props.service && (
        <Text size="sm" c="dimmed">
          {kind}
        </Text>
      )}
    </Group>
  );
}
