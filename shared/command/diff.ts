import type { Target } from '../model/target.ts';
import { commandLine } from './command.ts';
import { serviceFlag, targetArgument } from './target.ts';

/** `holdfast diff …`. A service that both sides have under one name is named once. */
export function diffCommand(left: Target, right: Target, prefix?: string): string {
  const [ofLeft, ofRight] = [serviceFlag(left), serviceFlag(right)];
  return commandLine([
    'diff',
    targetArgument(left),
    targetArgument(right),
    { flag: 'source', value: ofLeft },
    { flag: 'right-source', value: ofRight === ofLeft ? undefined : ofRight },
    { flag: 'prefix', value: prefix },
  ]);
}
