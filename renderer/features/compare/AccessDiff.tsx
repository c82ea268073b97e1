import type { AccessRule } from '../../../shared/model/access.ts';
import { useText } from '../../i18n/use-text.ts';
import { accessSentence } from '../../ui/entry/access-words.ts';
import { Section } from '../../ui/entry/Section.tsx';
import { DiffText } from './DiffText.tsx';

/** Rules that only one side has, and those of both, as sentences. */
export function AccessDiff({
  before,
  after,
}: {
  readonly before: readonly AccessRule[];
  readonly after: readonly AccessRule[];
}) {
  const { t, locale } = useText();
  const text = (rules: readonly AccessRule[]) =>
    rules.map((rule) => accessSentence(rule, t, locale)).join('\n');
  return (
    <Section title={t('entry:access.title')}>
      <DiffText left={text(before)} right={text(after)} />
    </Section>
  );
}
