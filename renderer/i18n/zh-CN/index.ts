import { access } from './access.ts';
import { clusters } from './clusters.ts';
import { common } from './common.ts';
import { compare } from './compare.ts';
import { desktop } from './desktop.ts';
import { entry } from './entry.ts';
import { explore } from './explore.ts';
import { overview } from './overview.ts';
import { points } from './points.ts';
import { restore } from './restore.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { storages } from './storages.ts';
import { target } from './target.ts';
import { tasks } from './tasks.ts';
import { verify } from './verify.ts';

/** Every text, by namespace: one for each feature, and those that all share. */
export const messages = {
  common,
  shell,
  overview,
  clusters,
  tasks,
  runs,
  points,
  storages,
  explore,
  compare,
  restore,
  verify,
  settings,
  access,
  target,
  entry,
  desktop,
};
