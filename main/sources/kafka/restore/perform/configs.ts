import type { Entry } from '../../../../../shared/model/entry.ts';
import type { ConfigChange, ConfigResource } from '../../../../protocols/kafka/index.ts';
import { configContent, TOPIC, topicContent } from '../../content.ts';
import { configOfKey } from '../../keys.ts';
import type { Course } from '../course.ts';
import { scopeOf } from '../judge/configs.ts';
import { settingsChange, type Values } from '../settings.ts';
import { nameAt, type Perform, type Task } from './task.ts';

/** Sets and takes away what differs, and nothing else. */
export const changeConfigs: Perform = (tasks, course) =>
  course.access.client.incrementalAlterConfigs(
    tasks.map((task) => changeOf(task, course)),
    { signal: course.signal, validateOnly: course.validateOnly },
  );

function changeOf(task: Task, { circumstances }: Course): ConfigChange {
  const resource = resourceOf(task);
  const { values } = settingsChange(
    valuesOf(task.wanted),
    valuesOf(task.live),
    scopeOf(resource),
    circumstances,
  );
  return { resource, values };
}

function resourceOf(task: Task): ConfigResource {
  return configOfKey(task.step.key) ?? { type: 'topic', name: nameAt(task, 1) };
}

function valuesOf(entry: Entry | undefined): Values {
  if (entry === undefined) return {};
  return entry.kind === TOPIC ? topicContent(entry).configs : configContent(entry).values;
}
