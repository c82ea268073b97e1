import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Gives the body of an answer; status and headers are set at the response itself. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => string;

/** A web server that answers every request until the test ends; gives its origin. */
export async function serve(answer: Answer): Promise<string> {
  const service = createServer((request, response) => {
    request.resume().on('end', () => response.end(answer(request, response)));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    service.closeAllConnections();
    service.close();
  });
  return `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
}
