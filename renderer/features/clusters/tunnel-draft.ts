import type { Cluster } from '../../../shared/model/cluster.ts';
import type { DriverField } from '../../../shared/model/driver.ts';
import {
  type FormValues,
  missingFields,
  optionsToAdd,
  optionsToChange,
  startValues,
} from '../../forms/form-model.ts';

/** The SSH host in front of a cluster, while it is entered. */
export interface TunnelDraft {
  readonly used: boolean;
  readonly values: FormValues;
}

/** A draft in which nothing is entered. */
export const NO_TUNNEL: TunnelDraft = { used: false, values: {} };

/** What a cluster has, or the defaults for the day when it is to have one. */
export function tunnelDraft(
  fields: readonly DriverField[],
  stored: Cluster['tunnel'] = undefined,
): TunnelDraft {
  return { used: stored !== undefined, values: startValues(fields, stored) };
}

/** The options as the contract takes them for a new cluster; undefined: it is reached without. */
export function tunnelToAdd(
  { used, values }: TunnelDraft,
  fields: readonly DriverField[],
): Record<string, unknown> | undefined {
  return used ? optionsToAdd(fields, values) : undefined;
}

/** What changes for a cluster: null takes its tunnel away, undefined leaves it as it is. */
export function tunnelToChange(
  { used, values }: TunnelDraft,
  fields: readonly DriverField[],
  stored: Cluster['tunnel'],
): Record<string, unknown> | null | undefined {
  if (!used) return stored === undefined ? undefined : null;
  if (stored === undefined) return optionsToAdd(fields, values);
  const change = optionsToChange(fields, values, stored);
  return Object.keys(change).length === 0 ? undefined : change;
}

/** Whether what is needed is entered; what it is worth, the SSH host says. */
export function isTunnelFilled(
  { used, values }: TunnelDraft,
  fields: readonly DriverField[],
  stored: Cluster['tunnel'],
): boolean {
  return !used || missingFields(fields, values, stored).length === 0;
}

/** Where the SSH host is asked for its key; undefined while that is not entered. */
export function tunnelAddress({ used, values }: TunnelDraft): { host: string; port: number } | undefined {
  const { host, port } = values;
  if (!used || typeof host !== 'string' || host.trim() === '') return undefined;
  const number = typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : 22;
  return { host: host.trim(), port: number };
}

/** The fingerprint that was accepted; empty: none yet. */
export function acceptedKey({ values }: TunnelDraft): string {
  return typeof values.hostKey === 'string' ? values.hostKey.trim() : '';
}

/** The draft with another accepted host key. */
export function withHostKey(draft: TunnelDraft, fingerprint: string): TunnelDraft {
  return { ...draft, values: { ...draft.values, hostKey: fingerprint } };
}
