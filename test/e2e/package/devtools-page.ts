import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

/** A page of a program that was started with `--remote-debugging-port`: what playwright drives needs Node's inspector too. */
export interface DevtoolsPage extends Disposable {
  /** The value of an expression in the page; a promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
}

/** The page that the program behind `port` shows, once it is one of http; undefined until then. */
export async function findPage(port: number): Promise<DevtoolsPage | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
  const targets = ((await answer?.json()) ?? []) as Target[];
  const target = targets.find(({ type, url }) => type === 'page' && url.startsWith('http'));
  if (target === undefined) return undefined;
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, 'open');
  let calls = 0;
  return {
    evaluate: (expression) => call(socket, ++calls, expression),
    [Symbol.dispose]: () => socket.close(),
  };
}

/** @see https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate */
function call(socket: WebSocket, id: number, expression: string): Promise<unknown> {
  const params = { expression, awaitPromise: true, returnByValue: true };
  return new Promise((resolve, reject) => {
    const lost = () => reject(new Error('the program is gone'));
    const hear = (data: unknown) => {
      const reply = JSON.parse(String(data));
      if (reply.id !== id) return;
      socket.off('message', hear).off('close', lost);
      const { exceptionDetails, result } = reply.result ?? {};
      if (exceptionDetails !== undefined) reject(new Error(JSON.stringify(exceptionDetails)));
      else resolve(result?.value);
    };
    socket.on('message', hear).once('close', lost);
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
  });
}
