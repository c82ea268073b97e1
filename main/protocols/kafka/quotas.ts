import { alterClientQuotasV1, describeClientQuotasV1 } from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { protocolError, raise } from './failure.ts';
import { writeByController } from './fan-out.ts';
import { type Request, type RequestVersion, request } from './request.ts';
import type {
  CallOptions,
  Outcome,
  QuotaChange,
  QuotaDescription,
  QuotaEntity,
  WriteOptions,
} from './types.ts';

const ALTERED = 500;

interface EntityPart {
  readonly entityType: string;
  readonly entityName: string | null;
}

interface AlterEntry {
  readonly entities: readonly EntityPart[];
  readonly ops: readonly { readonly key: string; readonly value: number; readonly remove: boolean }[];
}

const describeRequest = request('describeQuotas', describeClientQuotasV1.api);
/** The library's types name the limits it knows; newer clusters have others, which go through its codec as well. */
const alterRequest: Request<
  [entries: readonly AlterEntry[], validateOnly: boolean],
  Awaited<ReturnType<typeof alterClientQuotasV1.api.async>>
> = {
  name: 'alterQuotas',
  versions: [
    alterClientQuotasV1.api as unknown as RequestVersion<
      [entries: readonly AlterEntry[], validateOnly: boolean],
      Awaited<ReturnType<typeof alterClientQuotasV1.api.async>>
    >,
  ],
};

/** See {@link KafkaClient.describeQuotas}. */
export async function describeQuotas(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<readonly QuotaDescription[]> {
  const reply = await cluster.ask(describeRequest, [[], false], {
    signal,
    accept: ({ errorCode, errorMessage }) => raise(errorCode, 'describeQuotas', errorMessage),
  });
  return (reply.entries ?? []).map(({ entity, values }) => ({
    entity: entityOf(entity),
    values: Object.fromEntries(values.map(({ key, value }) => [key, value])),
  }));
}

/** See {@link KafkaClient.alterQuotas}. */
export function alterQuotas(
  cluster: Cluster,
  changes: readonly QuotaChange[],
  { signal, validateOnly = false }: WriteOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: changes,
    chunk: ALTERED,
    signal,
    async ask(broker, asked, sending) {
      const entries = asked.map(({ entity, values }) => ({
        entities: partsOf(entity),
        ops: Object.entries(values).map(([key, value]) => ({
          key,
          value: value ?? 0,
          remove: value === null,
        })),
      }));
      const reply = await broker.send(alterRequest, [entries, validateOnly], sending);
      const results = new Map(reply.entries.map((each) => [entityText(each.entity), each]));
      return asked.map(({ entity }) => {
        const text = entityText(partsOf(entity));
        const result = results.get(text);
        const message = result?.errorMessage ?? undefined;
        return protocolError(result?.errorCode ?? -1, { subject: `alterQuotas ${text}`, message });
      });
    },
  });
}

function entityOf(
  parts: readonly { readonly entityType: string; readonly entityName?: string | null | undefined }[],
): QuotaEntity {
  const names = new Map(parts.map(({ entityType, entityName }) => [entityType, entityName ?? null]));
  return {
    ...(names.has('user') ? { user: names.get('user') } : {}),
    ...(names.has('client-id') ? { clientId: names.get('client-id') } : {}),
    ...(names.has('ip') ? { ip: names.get('ip') } : {}),
  };
}

function partsOf({ user, clientId, ip }: QuotaEntity): EntityPart[] {
  return [
    ...(user === undefined ? [] : [{ entityType: 'user', entityName: user }]),
    ...(clientId === undefined ? [] : [{ entityType: 'client-id', entityName: clientId }]),
    ...(ip === undefined ? [] : [{ entityType: 'ip', entityName: ip }]),
  ];
}

function entityText(
  parts: readonly { readonly entityType: string; readonly entityName?: string | null | undefined }[],
): string {
  return parts
    .map(({ entityType, entityName }) => JSON.stringify([entityType, entityName ?? null]))
    .sort()
    .join(',');
}
