import type { AclBinding } from '../../../../protocols/kafka/index.ts';
import { aclOf } from '../../content.ts';
import { AS_WANTED, createStep, type Judge, judgeExtra, nameOf } from '../judgement.ts';
import { finding } from '../notes.ts';
import { allowsOwn, deniesOwn, keepsOwnFromRuling, letsOwnRule, type OwnAccount } from '../own-account.ts';
import type { PhaseId } from '../phases.ts';
import { OWN_DENIAL, OWN_GRANT, SITE_HOST } from '../reasons.ts';

const ANY_HOST = '*';

/** A rule is there or not. Those that decide whether this account can set rules are never turned against it. */
export const judgeAcl: Judge = ({ left: wanted, right: live }, circumstances) => {
  const { own, same } = circumstances.site;
  if (wanted !== undefined && live !== undefined) return AS_WANTED;
  if (live !== undefined) {
    const acl = aclOf(live);
    if (circumstances.mode === 'equal' && letsOwnRule(acl, own)) {
      return { steps: [], findings: [finding(OWN_GRANT, nameOf(live))], difference: [] };
    }
    const phase = deniesOwn(acl, own) ? 'own-access' : 'revoke';
    return judgeExtra(live, circumstances, {}, { phase, fidelity: 'exact' });
  }
  if (wanted === undefined) return AS_WANTED;
  const acl = aclOf(wanted);
  const name = nameOf(wanted);
  if (keepsOwnFromRuling(acl, own)) {
    return { steps: [], findings: [finding(OWN_DENIAL, name)], difference: [] };
  }
  const foreign = !same && acl.host !== ANY_HOST;
  const findings = foreign ? [finding(SITE_HOST, name, { host: acl.host })] : [];
  const step = createStep(wanted, { phase: phaseOf(acl, own), fidelity: 'exact' });
  return { steps: [step], findings, difference: [] };
};

function phaseOf(acl: AclBinding, own: OwnAccount): PhaseId {
  if (acl.permission === 'DENY') return 'deny';
  return allowsOwn(acl, own) ? 'own-access' : 'allow';
}
