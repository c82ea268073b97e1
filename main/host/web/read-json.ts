import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { HoldfastError } from '../../../shared/errors/error.ts';

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
    throw invalid('its Content-Type is not application/json');
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const parsed = schema.safeParse(parse(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) throw invalid('it does not have the members that are asked for');
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
}

function invalid(problem: string): HoldfastError {
  return new HoldfastError('general.invalid-input', { what: 'The request', problem });
}
