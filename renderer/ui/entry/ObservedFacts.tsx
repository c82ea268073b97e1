import type { ReactNode } from 'react';
import type { Json, JsonObject } from '../../../shared/model/entry.ts';
import { printable } from '../../../shared/report/printable.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/use-text.ts';
import { Facts } from '../Facts.tsx';
import { DateTime } from '../Quantity.tsx';
import { Section } from './Section.tsx';

const LABELS: { readonly [member: string]: MessageKey } = {
  ctime: 'entry:observed.ctime',
  mtime: 'entry:observed.mtime',
  version: 'entry:observed.version',
  cversion: 'entry:observed.cversion',
  aversion: 'entry:observed.aversion',
  numChildren: 'entry:observed.numChildren',
  nextSequence: 'entry:observed.nextSequence',
  ephemeralOwner: 'entry:observed.ephemeralOwner',
};

/** As a person asks for them: when first. */
const FIRST = ['mtime', 'ctime', 'ephemeralOwner', 'numChildren', 'nextSequence', 'version'];

const TIMES = new Set(['ctime', 'mtime']);

/** What was seen with an entry and is not restored as it was: times, versions, ids of transactions. */
export function ObservedFacts({ observed }: { readonly observed: JsonObject }) {
  const { t } = useText();
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const members = Object.entries(observed).sort(([a], [b]) => place(a) - place(b));
  return (
    <Section title={t('entry:observed.title')}>
      <Facts
        facts={members.map(([name, value]): readonly [string, ReactNode] => {
          const label = LABELS[name];
          return [
            label === undefined ? printable(name) : t(label),
            <Observed key={name} name={name} value={value} />,
          ];
        })}
      />
    </Section>
  );
}

function Observed({ name, value }: { readonly name: string; readonly value: Json }) {
  const { format } = useText();
  // ZooKeeper's own nodes were never created.
  if (TIMES.has(name) && value === 0) return '–';
  if (TIMES.has(name) && typeof value === 'number') return <DateTime at={new Date(value).toISOString()} />;
  if (typeof value === 'number') return <span className="hf-figures">{format.number(value)}</span>;
  return (
    <span className="hf-figures">{typeof value === 'string' ? printable(value) : JSON.stringify(value)}</span>
  );
}
