import type { FidelityNote } from '../../../shared/model/fidelity.ts';

/** What is of a site: another one has others. */
export type SiteSubject = 'broker' | 'rack' | 'settings' | 'host' | 'principal';

/** One thing of the point's site, and what takes its place in the cluster that is restored into. */
export interface SiteRow {
  readonly subject: SiteSubject;
  /** As people know it. */
  readonly name: string;
  readonly there: string;
  readonly here: string;
  /** The restore does it; else a person has to look at it. */
  readonly byItself: boolean;
}

type Params = FidelityNote['params'];

/** The notes of a Kafka plan that are about the site, by their codes. */
const ROWS: { readonly [code: string]: (params: Params) => Omit<SiteRow, 'name'> } = {
  'broker-replaced': ({ rack, to, toRack }) => ({
    subject: 'broker',
    there: String(rack),
    here: `${to} (${toRack})`,
    byItself: true,
  }),
  'rack-differs': ({ rack, toRack }) => ({
    subject: 'rack',
    there: String(rack),
    here: String(toRack),
    byItself: false,
  }),
  'broker-absent': ({ to }) => ({ subject: 'settings', there: '', here: String(to), byItself: false }),
  'configs-of-site': ({ names, here }) => ({
    subject: 'settings',
    there: String(names),
    here: String(here),
    byItself: false,
  }),
  'rule-for-host': ({ host }) => ({
    subject: 'host',
    there: String(host),
    here: String(host),
    byItself: false,
  }),
  'principal-of-site': ({ rules, proposed }) => ({
    subject: 'principal',
    there: String(rules),
    here: String(proposed),
    byItself: false,
  }),
};

const ORDER: readonly SiteSubject[] = ['broker', 'rack', 'settings', 'host', 'principal'];

/** Notes about another site as rows of a table, and the notes that are about something else. */
export function siteRows(
  source: string,
  notes: readonly FidelityNote[],
): { readonly rows: readonly SiteRow[]; readonly others: readonly FidelityNote[] } {
  if (source !== 'kafka') return { rows: [], others: notes };
  const rows: SiteRow[] = [];
  const others: FidelityNote[] = [];
  for (const note of notes) {
    const row = Object.hasOwn(ROWS, note.code) ? ROWS[note.code] : undefined;
    const { name } = note.params;
    // One that only counts what was not named stays a sentence.
    if (row === undefined || name === undefined) others.push(note);
    else rows.push({ ...row(note.params), name: String(name) });
  }
  rows.sort((left, right) => ORDER.indexOf(left.subject) - ORDER.indexOf(right.subject));
  return { rows, others };
}
