import { type Command, Option } from 'commander';
import { type ClusterColour, clusterColour } from '../../../shared/model/cluster.ts';

/** What a cluster is known by; false takes it away. */
export interface MarkOptions {
  readonly colour?: ClusterColour | false;
  readonly folder?: string | false;
  readonly description?: string | false;
}

/** Adds the flags for what people know a cluster by. */
export function addMarkFlags(command: Command): void {
  command
    .addOption(new Option('--colour <name>', 'colour that it is shown in').choices(clusterColour.options))
    .option('--folder <path>', 'folder that it is shown in')
    .option('--description <text>', 'what it is, in words');
}

/** Adds the flags that take them away again. */
export function addUnmarkFlags(command: Command): void {
  command
    .option('--no-colour', 'no colour')
    .option('--no-folder', 'no folder')
    .option('--no-description', 'no description');
}

/** What was given when a cluster is added. */
export function marksOf(options: MarkOptions) {
  const { colour, folder, description } = options;
  return { ...(colour && { colour }), ...(folder && { folder }), ...(description && { description }) };
}

/** What was given when a cluster is changed; null takes one away. */
export function markChanges({ colour, folder, description }: MarkOptions) {
  return {
    ...(colour === undefined ? {} : { colour: colour || null }),
    ...(folder === undefined ? {} : { folder: folder || null }),
    ...(description === undefined ? {} : { description: description || null }),
  };
}
