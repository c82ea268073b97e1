import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../connection/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { SealedPanel } from '../../ui/target/SealedPanel.tsx';
import { isSealed } from '../../ui/target/sealed.ts';
import { askOf, type Subject, subjectKey } from '../../ui/target/subject.ts';
import { TargetName } from '../../ui/target/TargetName.tsx';
import { closedSide } from './openings.ts';

/** Asks for what opens the sealed sides, one after the other: they may be sealed by different secrets. */
export function SealedSides({
  left,
  right,
  error,
}: {
  readonly left: Subject;
  readonly right: Subject;
  /** What the comparison failed with. */
  readonly error: unknown;
}) {
  const { t } = useText();
  const one = useOpening(left);
  const other = useOpening(right);
  const sides = [
    { subject: left, label: t('compare:left'), error: one.error, closed: isSealed(one.error) },
    { subject: right, label: t('compare:right'), error: other.error, closed: isSealed(other.error) },
  ];
  const asked = closedSide(sides);
  if (asked === undefined) {
    // Both are still being tried, or the comparison is about to be.
    return one.isPending || other.isPending ? null : (
      <SealedPanel texts={[left.text, right.text]} error={error} />
    );
  }
  const { subject, label, error: closed } = asked.side;
  return (
    <Stack gap="xs" align="center">
      <Text size="sm" component="div">
        {label}: <TargetName target={subject.target} />
      </Text>
      <SealedPanel key={subject.text} texts={asked.texts} error={closed} />
    </Stack>
  );
}

/** Tries to open a side alone, with what was given for it. */
function useOpening(subject: Subject) {
  return useQuery({
    queryKey: [...subjectKey(subject), 'open'],
    queryFn: ({ signal }) => client.explore.place({ ...askOf(subject), key: [], limit: 1 }, { signal }),
    retry: false,
  });
}
