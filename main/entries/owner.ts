/**
 * Ends this process as SIGTERM would once its owner says so or is gone: standard input ends, or Electron's parent port
 * brings a message. Signals alone would not do: Windows has none, and an owner that is killed sends none.
 */
export function endWithOwner(): void {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (hasListeners(port)) port.on('message', end);
  else process.stdin.on('end', end).on('error', end).resume();
}

function end(): void {
  const isHeard = process.emit('SIGTERM', 'SIGTERM');
  // Nobody listens before the host is put together.
  if (!isHeard) process.exit(0);
}

function hasListeners(port: unknown): port is { on(event: 'message', listener: () => void): void } {
  return typeof port === 'object' && port !== null && typeof Reflect.get(port, 'on') === 'function';
}
