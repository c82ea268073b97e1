import {
  createAclsV2,
  createAclsV3,
  deleteAclsV2,
  deleteAclsV3,
  describeAclsV2,
  describeAclsV3,
} from '@platformatic/kafka';
import type { Cluster } from './cluster.ts';
import { protocolError, raise } from './failure.ts';
import { writeByController } from './fan-out.ts';
import { type Request, type RequestVersion, request } from './request.ts';
import type { AclBinding, CallOptions, Outcome } from './types.ts';
import { aclOperations, aclPermissions, patternTypes, resourceTypes } from './words.ts';

const ALTERED = 500;

/** A binding, or with nulls and `ANY` a filter, by Kafka's numbers. */
interface NumberedAcl {
  readonly resourceType: number;
  readonly resourceName: string | null;
  readonly resourcePatternType: number;
  readonly principal: string | null;
  readonly host: string | null;
  readonly operation: number;
  readonly permissionType: number;
}

type DescribeReply = Awaited<ReturnType<typeof describeAclsV3.api.async>>;
type CreateReply = Awaited<ReturnType<typeof createAclsV3.api.async>>;
type DeleteReply = Awaited<ReturnType<typeof deleteAclsV3.api.async>>;

/*
 * The library's types name the numbers it knows. Clusters may have others, which go through its codecs just as well.
 */
const describeRequest = anyNumber<[NumberedAcl], DescribeReply>(
  request('describeAcls', describeAclsV3.api, describeAclsV2.api),
);
const createRequest = anyNumber<[NumberedAcl[]], CreateReply>(
  request('createAcls', createAclsV3.api, createAclsV2.api),
);
const deleteRequest = anyNumber<[NumberedAcl[]], DeleteReply>(
  request('deleteAcls', deleteAclsV3.api, deleteAclsV2.api),
);

function anyNumber<Arguments extends unknown[], Reply>(typed: {
  readonly name: string;
  readonly versions: readonly { readonly key: number; readonly version: number }[];
}): Request<Arguments, Reply> {
  return { name: typed.name, versions: typed.versions as readonly RequestVersion<Arguments, Reply>[] };
}

const EVERY: NumberedAcl = {
  resourceType: resourceTypes.number('ANY'),
  resourceName: null,
  resourcePatternType: patternTypes.number('ANY'),
  principal: null,
  host: null,
  operation: aclOperations.number('ANY'),
  permissionType: aclPermissions.number('ANY'),
};

/** See {@link KafkaClient.describeAcls}. */
export async function describeAcls(
  cluster: Cluster,
  { signal }: CallOptions = {},
): Promise<readonly AclBinding[]> {
  const { resources } = await cluster.ask(describeRequest, [EVERY], {
    signal,
    accept: ({ errorCode, errorMessage }) => raise(errorCode, 'describeAcls', errorMessage),
  });
  return resources.flatMap(({ resourceType, resourcePatternType, resourceName, acls }) =>
    acls.map(({ principal, host, operation, permissionType }) => ({
      resourceType: resourceTypes.word(resourceType),
      patternType: patternTypes.word(resourcePatternType),
      resourceName: resourceName ?? '',
      principal: principal ?? '',
      host: host ?? '',
      operation: aclOperations.word(operation),
      permission: aclPermissions.word(permissionType),
    })),
  );
}

/** See {@link KafkaClient.createAcls}. */
export function createAcls(
  cluster: Cluster,
  acls: readonly AclBinding[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: acls,
    chunk: ALTERED,
    signal,
    async ask(broker, asked, sending) {
      const { results } = await broker.send(createRequest, [asked.map(numbered)], sending);
      return asked.map((acl, i) => outcome('createAcls', acl, results[i]));
    },
  });
}

/** See {@link KafkaClient.deleteAcls}. */
export function deleteAcls(
  cluster: Cluster,
  acls: readonly AclBinding[],
  { signal }: CallOptions = {},
): Promise<readonly Outcome[]> {
  return writeByController(cluster, {
    items: acls,
    chunk: ALTERED,
    signal,
    async ask(broker, asked, sending) {
      const { filterResults } = await broker.send(deleteRequest, [asked.map(numbered)], sending);
      return asked.map((acl, i) => {
        const result = filterResults[i];
        const refused = result?.matchingAcls.find(({ errorCode }) => errorCode !== 0);
        return outcome('deleteAcls', acl, refused ?? result);
      });
    },
  });
}

function numbered(acl: AclBinding): NumberedAcl {
  return {
    resourceType: resourceTypes.number(acl.resourceType),
    resourceName: acl.resourceName,
    resourcePatternType: patternTypes.number(acl.patternType),
    principal: acl.principal,
    host: acl.host,
    operation: aclOperations.number(acl.operation),
    permissionType: aclPermissions.number(acl.permission),
  };
}

function outcome(
  call: string,
  { principal, resourceType, resourceName }: AclBinding,
  result: { readonly errorCode: number; readonly errorMessage?: string | null | undefined } | undefined,
): Outcome {
  const subject = `${call} ${principal} on ${resourceType} ${resourceName}`;
  return protocolError(result?.errorCode ?? -1, { subject, message: result?.errorMessage ?? undefined });
}
