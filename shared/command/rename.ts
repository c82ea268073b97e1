import { commandLine } from './command.ts';

/** `holdfast cluster|storage|task rename …`. */
export function renameCommand(kind: 'cluster' | 'storage' | 'task', name: string, as: string): string {
  return commandLine([kind, 'rename', name, as]);
}
