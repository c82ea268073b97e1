import { kafkaNotes } from '../../../shared/messages/kafka-notes.ts';
import { noteWriter } from '../../../shared/messages/notes.ts';
import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { KafkaAccess } from './access.ts';
import { GROUP, TOPIC, USER } from './content.ts';
import type { FirstPass } from './first-pass.ts';
import { type Branch, groupKey, topicKey } from './keys.ts';
import type { Problems } from './problems.ts';
import type { Scope } from './selection.ts';

const notes = noteWriter(kafkaNotes);

/** What was looked at. */
export interface Looked {
  readonly access: KafkaAccess;
  readonly scope: Scope;
  readonly signal: AbortSignal | undefined;
}

/** Lists leave out silently what the account may not describe: what it cannot see, it cannot capture. */
export async function hiddenNotes({ access, scope, signal }: Looked): Promise<FidelityNote[]> {
  const { branches, open } = scope;
  const seen = await access.client.seesEverything({ signal });
  return [
    ...(branches.has('topics') && open.topics && !seen.topics ? [hiddenNote(TOPIC, 'topics')] : []),
    ...(branches.has('groups') && open.groups && !seen.groups ? [hiddenNote(GROUP, 'groups')] : []),
  ];
}

function hiddenNote(kind: string, what: Branch): FidelityNote {
  return notes.sentence({ code: 'hidden', fidelity: 'partial', kind }, { what });
}

/**
 * Names that were asked for one by one and are not there: a misspelt one must not pass for an empty one. One that the
 * account may not describe is a problem instead.
 */
export async function absentNotes(
  { access: { client }, scope, signal }: Looked,
  first: FirstPass,
  problems: Problems,
): Promise<FidelityNote[]> {
  const expected = (branch: Branch) => scope.branches.has(branch) && !problems.stopped(branch);
  const topics = scope.named.topics.filter(
    (name) => expected('topics') && !first.topics.has(name) && !problems.has(TOPIC, name),
  );
  const groups = scope.named.groups.filter(
    (id) => expected('groups') && !first.groups.has(id) && !problems.has(GROUP, id),
  );
  const hidden = {
    topics: await client.refused('topics', topics, { signal }),
    groups: await client.refused('groups', groups, { signal }),
  };
  for (const [name, error] of hidden.topics) problems.add({ branch: 'topics', kind: TOPIC, name, error });
  for (const [name, error] of hidden.groups) problems.add({ branch: 'groups', kind: GROUP, name, error });
  return [
    ...topics.filter((name) => !hidden.topics.has(name)).map((name) => absentNote(TOPIC, topicKey(name))),
    ...groups.filter((id) => !hidden.groups.has(id)).map((id) => absentNote(GROUP, groupKey(id))),
  ];
}

function absentNote(kind: string, key: Key): FidelityNote {
  return notes.about({ code: 'not-found', fidelity: 'partial', kind }, { name: key.join('/') }, {});
}

/** What there is to say of every capture. */
export function* closingNotes(
  { withoutVerifier, internalTopics }: FirstPass,
  { from, to }: { readonly from: string; readonly to: string },
  corrected: number,
): Generator<FidelityNote> {
  yield notes.sentence({ code: 'not-one-moment', fidelity: 'partial', kind: TOPIC }, { from, to, corrected });
  if (withoutVerifier > 0) {
    yield notes.sentence(
      { code: 'verifier-unknown', fidelity: 'operator', kind: USER },
      { total: withoutVerifier },
    );
  }
  if (internalTopics > 0) {
    yield notes.sentence(
      { code: 'internal-not-restored', fidelity: 'operator', kind: TOPIC },
      { total: internalTopics },
    );
  }
}
