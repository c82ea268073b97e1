import type { ShownEntry } from '../../../shared/model/listing.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Subject } from '../target/subject.ts';
import { AccessList } from './AccessList.tsx';
import { isKafkaObject, KafkaObject } from './KafkaObject.tsx';
import { ObservedFacts } from './ObservedFacts.tsx';
import { Section } from './Section.tsx';
import { ValueView } from './ValueView.tsx';

/** All that is known of an entry: what it is, its value, who may do what, what was seen with it. */
export function EntryView({ subject, entry }: { readonly subject: Subject; readonly entry: ShownEntry }) {
  const { t } = useText();
  return (
    <div>
      {isKafkaObject(entry) ? (
        <KafkaObject entry={entry} />
      ) : (
        <ValueView subject={subject} entryKey={entry.key} size={entry.valueSize} />
      )}
      {entry.access !== undefined && (
        <Section title={t('entry:access.title')}>
          <AccessList rules={entry.access} />
        </Section>
      )}
      {Object.keys(entry.observed).length > 0 && !isKafkaObject(entry) && (
        <ObservedFacts observed={entry.observed} />
      )}
    </div>
  );
}
