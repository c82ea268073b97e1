import { type Cluster, type ClusterColour, clusterMarks } from '../../../shared/model/cluster.ts';

/** What people know a cluster by, while it is typed in: an empty text is none. */
export interface MarksDraft {
  readonly colour: ClusterColour | '';
  readonly folder: string;
  readonly description: string;
}

export const NO_MARKS: MarksDraft = { colour: '', folder: '', description: '' };

export function marksDraft({ colour, folder = '', description = '' }: Partial<Cluster>): MarksDraft {
  return { colour: colour ?? '', folder, description };
}

/** The marks of a new cluster: those that are given. */
export function marksOf({ colour, folder, description }: MarksDraft) {
  return {
    ...(colour === '' ? {} : { colour }),
    ...(folder === '' ? {} : { folder }),
    ...(description === '' ? {} : { description }),
  };
}

/** Whether a text can be a folder, or none. */
export function isFolder(text: string): boolean {
  return text === '' || clusterMarks.folder.safeParse(text).success;
}
