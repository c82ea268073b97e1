import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { HoldfastError } from '../../../shared/errors/error.ts';
import type { Text } from '../../../shared/errors/text.ts';
import { detail } from '../../../shared/messages/details.ts';

/**
 * The body of a request as JSON that fits a schema. Its size is limited by the route. What does not fit is not
 * quoted: it may hold a secret.
 * @throws HoldfastError `general.invalid-input`
 */
export async function readJson<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<z.infer<S>> {
  // Forms of foreign pages cannot send this type without asking first.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw invalid(detail('not-json-type'));
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const parsed = schema.safeParse(parse(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) throw invalid(detail('lacks-members'));
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(detail('not-json'));
  }
}

function invalid(problem: Text): HoldfastError {
  return new HoldfastError('general.invalid-input', { what: detail('the-request'), problem });
}
