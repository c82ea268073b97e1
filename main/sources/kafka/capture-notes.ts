import type { FidelityNote } from '../../../shared/model/fidelity.ts';
import type { Key } from '../../../shared/order/key.ts';
import type { KafkaAccess } from './access.ts';
import { GROUP, TOPIC, USER } from './content.ts';
import type { FirstPass } from './first-pass.ts';
import { type Branch, groupKey, topicKey } from './keys.ts';
import type { Problems } from './problems.ts';
import type { Scope } from './selection.ts';

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

function hiddenNote(kind: string, what: string): FidelityNote {
  return {
    fidelity: 'partial',
    kind,
    code: 'hidden',
    text: `The account may not describe all ${what}: those that it may not are missing.`,
    params: { what },
  };
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
    (name) =>
      expected('topics') && !first.topics.has(name) && !problems.has(TOPIC, name),
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
  const name = key.join('/');
  const text = `${name}: selected by name and does not exist`;
  return { fidelity: 'partial', kind, code: 'not-found', text, params: { name } };
}

/** What there is to say of every capture. */
export function* closingNotes(
  { withoutVerifier, internalTopics }: FirstPass,
  { from, to }: { readonly from: string; readonly to: string },
  corrected: number,
): Generator<FidelityNote> {
  yield {
    fidelity: 'partial',
    kind: TOPIC,
    code: 'not-one-moment',
    text: `Kafka has no snapshot: everything was read between ${from} and ${to}. A second look at the lists corrected ${corrected} objects; configs of topics that still are the same, and offsets, are as they were read first.`,
    params: { from, to, corrected },
  };
  if (withoutVerifier > 0) {
    yield {
      fidelity: 'operator',
      kind: USER,
      code: 'verifier-unknown',
      text: `${withoutVerifier} SCRAM credentials are recorded without what checks the password: Kafka tells it nobody. Restoring them needs the passwords.`,
      params: { total: withoutVerifier },
    };
  }
  if (internalTopics > 0) {
    yield {
      fidelity: 'operator',
      kind: TOPIC,
      code: 'internal-not-restored',
      text: `${internalTopics} internal topics are recorded but never restored: the cluster makes them itself.`,
      params: { total: internalTopics },
    };
  }
}
