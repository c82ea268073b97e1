import { z } from 'zod';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Cluster, ClusterService } from '../../../shared/model/cluster.ts';
import {
  type ClusterExport,
  EXPORT_FORMAT,
  type neededSecrets,
  TUNNEL_SECRETS,
} from '../../../shared/model/cluster-export.ts';
import { tunnelOptions } from '../../../shared/model/tunnel.ts';
import { type RawOptions, validate } from '../../../shared/options/parse.ts';
import { refuseUnsealable } from '../../secrets/options.ts';
import { openText } from '../../secrets/sealed-text.ts';
import { findSourceDriver } from '../../sources/registry.ts';
import type { EngineContext } from '../context.ts';
import { TUNNEL } from '../tunnel/settings.ts';
import { keepCluster, parseService, refuseTwins, removeCluster } from './clusters.ts';

/** What came of an import. */
export interface Import {
  readonly added: readonly Cluster[];
  /** What has to be entered before they can be used. */
  readonly needed: z.infer<typeof neededSecrets>[];
}

const secretsSchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
type Secrets = z.infer<typeof secretsSchema>;
type Exported = ClusterExport['clusters'][number];

/**
 * Adds the clusters of an export. One whose name is taken gets another; secrets that are sealed come along with the
 * passphrase. Everything is checked before the first one is added; when one cannot be, those before it go again.
 * @throws HoldfastError `secrets.wrong-passphrase`, `secrets.locked`, `secrets.no-vault`, `general.invalid-input`
 */
export async function importClusters(
  context: EngineContext,
  document: ClusterExport,
  passphrase: string | undefined,
): Promise<Import> {
  const secrets = await openSecrets(document, passphrase);
  const wishes = document.clusters.map((cluster) => ({
    cluster,
    services: cluster.services.map((service) => readService(cluster, service, secrets)),
    tunnel: readTunnel(cluster, secrets),
  }));
  for (const { services, tunnel } of wishes) {
    await refuseUnfit(context, services);
    await refuseUnsealable(tunnelOptions, tunnel?.options ?? {}, context.vault);
  }
  const added: Cluster[] = [];
  const needed: Import['needed'] = [];
  try {
    for (const { cluster, services, tunnel } of wishes) {
      const name = freeName(context, cluster.name);
      added.push(
        await keepCluster(context, {
          ...cluster,
          name,
          services: services.map(({ service }) => service),
          tunnel: tunnel?.options,
        }),
      );
      if (tunnel !== undefined && tunnel.missing.length > 0)
        needed.push({ cluster: name, service: TUNNEL, secrets: [...tunnel.missing] });
      needed.push(...neededBy(name, services));
    }
  } catch (error) {
    await Promise.allSettled(added.map(({ name }) => removeCluster(context, name)));
    throw error;
  }
  return { added, needed };
}

async function refuseUnfit({ vault }: EngineContext, services: readonly ReadService[]): Promise<void> {
  refuseTwins(services.map(({ service }) => service));
  for (const { service } of services) {
    await refuseUnsealable(findSourceDriver(service.source).options, service.options, vault);
  }
}

function neededBy(cluster: string, services: readonly ReadService[]): Import['needed'] {
  return services
    .filter(({ missing }) => missing.length > 0)
    .map(({ service: { service }, missing }) => ({ cluster, service, secrets: [...missing] }));
}

async function openSecrets({ sealed }: ClusterExport, passphrase: string | undefined): Promise<Secrets> {
  if (sealed === undefined || passphrase === undefined) return {};
  const text = await openText({ key: sealed.key, text: sealed.secrets }, passphrase, EXPORT_FORMAT);
  return validate(secretsSchema, JSON.parse(text), 'The sealed secrets');
}

interface ReadService {
  readonly service: ClusterService;
  /** Secrets that it had and that did not come along. */
  readonly missing: readonly string[];
}

/** With all its secrets a service is checked as a new one is; without, as far as its fields go. */
function readService(
  { name }: Exported,
  { secrets: had, options, ...service }: Exported['services'][number],
  secrets: Secrets,
): ReadService {
  const own = secrets[name]?.[service.service] ?? {};
  const missing = had.filter((field) => !Object.hasOwn(own, field));
  const { identity, ...rest } = service;
  const wish: ClusterService = {
    ...rest,
    options: { ...options, ...own },
    ...(identity === undefined ? {} : { identity }),
  };
  if (missing.length === 0) return { service: parseService(wish), missing };
  return { service: { ...wish, options: checkedAlone(wish) }, missing };
}

interface ReadTunnel {
  readonly options: Record<string, unknown>;
  readonly missing: readonly string[];
}

function readTunnel({ name, tunnel }: Exported, secrets: Secrets): ReadTunnel | undefined {
  if (tunnel === undefined) return undefined;
  const own = secrets[name]?.[TUNNEL_SECRETS] ?? {};
  const missing = tunnel.secrets.filter((field) => !Object.hasOwn(own, field));
  return { options: checkedFields(tunnelOptions.shape, { ...tunnel.options, ...own }, TUNNEL), missing };
}

/** Each option by itself: a reference into the vault, which somebody may have forged, is none of any driver's. */
function checkedAlone({ source, service, options }: ClusterService): ClusterService['options'] {
  return checkedFields(findSourceDriver(source).options.shape, options, service);
}

function checkedFields(
  shape: z.ZodObject['shape'],
  options: RawOptions,
  what: string,
): Record<string, unknown> {
  const fields = Object.entries(options).map(([field, value]) => {
    const schema = shape[field];
    if (schema !== undefined) return [field, validate(z.unknown().pipe(schema), value, `${what}: ${field}`)];
    throw new HoldfastError('general.invalid-input', {
      what: `${what}: ${field}`,
      problem: detail('no-such-option'),
    });
  });
  return Object.fromEntries(fields);
}

function freeName({ catalog: { clusters } }: EngineContext, wanted: string): string {
  const isFree = (name: string) => clusters.findByName(name) === undefined;
  if (isFree(wanted)) return wanted;
  for (let copy = 2; ; copy++) if (isFree(`${wanted}-${copy}`)) return `${wanted}-${copy}`;
}
