import type { KafkaTool, ToolCall } from '../../foreign/kafka-tools.ts';

/** A use of one of Kafka's tools from what people type after `kafka-`, cut at spaces: nothing is quoted. */
export function toolCall(typed: string): ToolCall {
  const [tool = '', ...args] = typed.split(' ');
  return { tool: tool as KafkaTool, args };
}

/** `kafka-configs`: gives a user a SCRAM credential. The tool wants the password itself. */
export function setCredential(
  user: string,
  mechanism: string,
  iterations: number,
  password: string,
): ToolCall {
  const entity = ['--entity-type', 'users', '--entity-name', user];
  const value = `${mechanism}=[iterations=${iterations},password=${password}]`;
  return { tool: 'configs', args: ['--alter', ...entity, '--add-config', value] };
}
