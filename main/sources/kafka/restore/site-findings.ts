import type { PointView } from '../../contract.ts';
import { aclOf } from '../content.ts';
import type { Broker } from './broker-table.ts';
import { type Finding, finding } from './notes.ts';
import { BROKER_REPLACED, OTHER_RACK, SITE_PRINCIPAL } from './reasons.ts';
import type { RestoreScope } from './scope.ts';
import type { Site } from './site.ts';

const NO_RACK = '–';

/**
 * What has to change where a point is restored into another cluster, with what is proposed: brokers and racks, and the
 * principals that rules are for. Listeners and hosts are told with the objects that name them.
 */
export async function* siteFindings(
  site: Site,
  view: PointView,
  scope: RestoreScope,
  signal: AbortSignal | undefined,
): AsyncGenerator<Finding> {
  const { kinds } = scope.affected;
  if (kinds.includes('topics') || kinds.includes('configs')) {
    for (const broker of site.recorded) yield* brokerFindings(broker, site);
  }
  if (!site.same) yield* principalFindings(await rulesByPrincipal(view, scope, signal));
}

function* brokerFindings({ id, rack }: Broker, { replaced, brokers }: Site): Generator<Finding> {
  const name = String(id);
  const standIns = replaced.get(id);
  const here = brokers.find((broker) => broker.id === id);
  if (standIns !== undefined) {
    const to = standIns.map((broker) => broker.id).join(', ');
    yield finding(BROKER_REPLACED, name, { rack: rack ?? NO_RACK, to, toRack: racksOf(standIns) });
  } else if (here !== undefined && here.rack !== rack) {
    const params = { rack: rack ?? NO_RACK, toRack: here.rack ?? NO_RACK };
    yield finding(OTHER_RACK, name, params);
  }
}

function racksOf(brokers: readonly Broker[]): string {
  return brokers.map(({ rack }) => rack ?? NO_RACK).join(', ');
}

function* principalFindings(rules: ReadonlyMap<string, number>): Generator<Finding> {
  for (const [principal, count] of rules) {
    yield finding(SITE_PRINCIPAL, principal, { rules: count, proposed: principal });
  }
}

async function rulesByPrincipal(
  view: PointView,
  { covers }: RestoreScope,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const rules = new Map<string, number>();
  for await (const batch of view.entries(['acls'], signal)) {
    for (const entry of batch) {
      if (!covers(entry.key)) continue;
      const { principal } = aclOf(entry);
      rules.set(principal, (rules.get(principal) ?? 0) + 1);
    }
  }
  return rules;
}
