import { OpenAPIHandler } from '@orpc/openapi/node';
import { HoldfastError } from '../../../shared/errors/error.ts';
import { detail } from '../../../shared/messages/details.ts';
import type { Admit, CallContext } from '../access/admit.ts';
import type { Admission } from '../access/caller.ts';
import { type ClosedRoute, pathOf, type Visit } from '../web/routes.ts';
import type { ContractRouter } from '../web/rpc-socket.ts';
import { describeRest, REST_PATH } from './document.ts';
import { asRestError, encodeError } from './error-envelope.ts';
import { readQuery } from './flat-input.ts';
import { restRouter } from './rest-router.ts';

const DOCUMENT_PATH = '/api/openapi.json';
/** Bytes of a body: as of a message on the WebSocket. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** The contract as REST, and the document that describes it. `admit` sees every call before the engine does. */
export function restRoutes(contractRouter: ContractRouter, admit: Admit): readonly ClosedRoute[] {
  const { router, queries } = restRouter(contractRouter);
  const handler = new OpenAPIHandler<CallContext>(router, {
    clientInterceptors: [
      (call) => {
        const flat = queries.get(call.path.join('.'));
        const input = flat === undefined ? (call.input ?? {}) : readQuery(call.input, flat);
        return call.next({ ...call, input }).catch((error: unknown) => {
          throw asRestError(error);
        });
      },
      admit,
    ],
    customErrorResponseBodyEncoder: encodeError,
  });
  let document: Promise<string> | undefined;
  return [
    {
      methods: ['GET'],
      path: DOCUMENT_PATH,
      answer: async ({ response }) => {
        document ??= describeRest(router).then((described) => JSON.stringify(described));
        const body = await document;
        response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' })
          .end(body);
      },
    },
    {
      methods: ['GET', 'POST'],
      path: REST_PATH,
      below: true,
      bodyLimit: BODY_LIMIT,
      answer: (visit, admission) => call(visit, admission, handler),
    },
  ];
}

async function call(
  { request, response }: Visit,
  admission: Admission,
  handler: OpenAPIHandler<CallContext>,
): Promise<void> {
  refuseForms(request.method, request.headers);
  response.setHeader('cache-control', 'no-store');
  // A stream ends with the session that it was opened by.
  const end = () => response.destroy();
  admission.ended?.addEventListener('abort', end, { once: true });
  response.once('close', () => admission.ended?.removeEventListener('abort', end));
  const { matched } = await handler.handle(request, response, {
    prefix: REST_PATH,
    context: { admission, face: 'rest' },
  });
  if (!matched) {
    throw new HoldfastError('host.no-such-page', { method: request.method ?? '', path: pathOf(request) });
  }
}

/** Only JSON: what a form of a foreign page can send is not understood. */
function refuseForms(method: string | undefined, headers: Visit['request']['headers']): void {
  const type = headers['content-type'];
  const isEmpty = Number(headers['content-length'] ?? 0) === 0;
  if (method !== 'POST' || isEmpty || /^application\/json\b/i.test(type ?? '')) return;
  const problem = detail('not-json-type');
  throw new HoldfastError('general.invalid-input', { what: detail('the-request'), problem });
}
