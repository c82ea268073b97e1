import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { z } from 'zod';
import { VERSION } from '../../engine/version.ts';
import type { ContractRouter } from '../web/rpc-socket.ts';
import { errorBody } from './error-envelope.ts';

/** Where the procedures are. */
export const REST_PATH = '/api/v1';

const DESCRIPTION = `Everything that the Holdfast engine does. Sign in with POST /session and \`"bearer": true\`, or, on
the host's own machine, use the token in the file that \`holdfast serve\` names; send it as \`Authorization: Bearer\`.
Streams come as server-sent events. Errors have one form, with a code from the error table and what to do.`;

/** Adds what every operation has in common. */
const operation = z.looseObject({ responses: z.record(z.string(), z.unknown()).default({}) });
const pathItem = z.record(z.string(), operation);

/** The OpenAPI 3.1 document of a router with REST routes. */
export async function describeRest(router: ContractRouter): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(router, {
    info: { title: 'Holdfast', version: VERSION, description: DESCRIPTION },
    servers: [{ url: REST_PATH }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  });
  const failure = {
    description: 'It could not be done.',
    content: { 'application/json': { schema: z.toJSONSchema(errorBody) } },
  };
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [path, withFailure(item)]);
  return {
    ...document,
    components: { ...document.components, responses: { failure } },
    paths: Object.fromEntries(paths),
  };
}

function withFailure(item: unknown): object {
  const operations = Object.entries(pathItem.parse(item)).map(([method, described]) => {
    const responses = { ...described.responses, default: { $ref: '#/components/responses/failure' } };
    return [method, { ...described, responses }];
  });
  return Object.fromEntries(operations);
}
