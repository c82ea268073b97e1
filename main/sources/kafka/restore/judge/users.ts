import type { Entry } from '../../../../../shared/model/entry.ts';
import { type UserContent, userContent } from '../../content.ts';
import type { Verifier } from '../../scram-verifiers.ts';
import {
  AS_WANTED,
  type Circumstances,
  changeStep,
  createStep,
  fingerprint,
  type Judge,
  type Judgement,
  judgeExtra,
  nameOf,
} from '../judgement.ts';
import { finding } from '../notes.ts';
import { NO_VERIFIER, OWN_CREDENTIAL, VERIFIER_UNUSABLE } from '../reasons.ts';

const DRAFT = { phase: 'users', fidelity: 'exact' } as const;

/**
 * A SCRAM credential comes back as it was through the ZooKeeper of the cluster. Anywhere else a person has to make it:
 * Kafka takes only what is derived from the password, and that is not what it keeps.
 */
export const judgeUser: Judge = ({ left: wanted, right: live }, circumstances) => {
  const entry = wanted ?? live;
  if (entry === undefined || isSame(wanted, live)) return AS_WANTED;
  const { mode, site } = circumstances;
  if (entry.key[1] === site.own.scramUser) {
    if (wanted === undefined && mode === 'merge') return AS_WANTED;
    return { steps: [], findings: [finding(OWN_CREDENTIAL, nameOf(entry))] };
  }
  if (wanted === undefined) {
    return live === undefined ? AS_WANTED : judgeExtra(live, circumstances, versionOf(live), DRAFT);
  }
  return judgeWanted(wanted, live, site);
};

function judgeWanted(wanted: Entry, live: Entry | undefined, site: Circumstances['site']): Judgement {
  const content = userContent(wanted);
  const { iterations } = content;
  const verifier = verifierOf(content);
  const difference = live === undefined ? [] : ['verifier'];
  if (verifier === undefined || !site.writesVerifiers) {
    const reason = verifier === undefined ? NO_VERIFIER : VERIFIER_UNUSABLE;
    return { steps: [], findings: [finding(reason, nameOf(wanted), { iterations })], difference };
  }
  const step =
    live === undefined
      ? createStep(wanted, { ...DRAFT, members: ['verifier'] })
      : changeStep(wanted, versionOf(live), { ...DRAFT, members: ['verifier'] });
  return { steps: [step], findings: [], difference };
}

/** As far as can be seen: without verifiers on both sides, iterations are all there is. */
function isSame(wanted: Entry | undefined, live: Entry | undefined): boolean {
  if (wanted === undefined || live === undefined) return false;
  const point = userContent(wanted);
  const now = userContent(live);
  const [pointVerifier, liveVerifier] = [verifierOf(point), verifierOf(now)];
  if (pointVerifier === undefined || liveVerifier === undefined) return point.iterations === now.iterations;
  return JSON.stringify(pointVerifier) === JSON.stringify(liveVerifier);
}

/** What checks the password; undefined where the capture could not tell. */
export function verifierOf({ iterations, salt, storedKey, serverKey }: UserContent): Verifier | undefined {
  if (salt === undefined || storedKey === undefined || serverKey === undefined) return undefined;
  return { iterations, salt, storedKey, serverKey };
}

function versionOf(live: Entry): { readonly credential: string } {
  return { credential: fingerprint(live.content) };
}
