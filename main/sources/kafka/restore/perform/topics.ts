import type { NewPartitions } from '../../../../protocols/kafka/index.ts';
import { topicContent } from '../../content.ts';
import type { Course } from '../course.ts';
import { place } from '../placement.ts';
import { wantedSettings } from '../settings.ts';
import { nameAt, type Perform, type Task, wantedOf } from './task.ts';

export const createTopics: Perform = (tasks, { access, circumstances, validateOnly, signal }) => {
  const { site } = circumstances;
  const topics = tasks.map((task) => {
    const { replicas, configs } = topicContent(wantedOf(task));
    const { values } = wantedSettings(configs, 'topic', site);
    const name = nameAt(task, 1);
    return { name, replicas: place(name, replicas, site).replicas, configs: values };
  });
  return access.client.createTopics(topics, { signal, validateOnly });
};

export const addPartitions: Perform = (tasks, course) =>
  course.access.client.createPartitions(
    tasks.map((task) => addition(task, course)),
    { signal: course.signal, validateOnly: course.validateOnly },
  );

export const deleteTopics: Perform = (tasks, { access, signal }) =>
  access.client.deleteTopics(
    tasks.map((task) => nameAt(task, 1)),
    { signal },
  );

/** All partitions of a topic have the same number of replicas: where the point's differs, the cluster chooses. */
function addition(task: Task, { circumstances: { site } }: Course): NewPartitions {
  const { partitions, replicas } = topicContent(wantedOf(task));
  const live = task.live === undefined ? [] : topicContent(task.live).replicas;
  const name = nameAt(task, 1);
  const placed = place(name, replicas.slice(live.length), site).replicas;
  const fits = placed.every((each) => each.length === live[0]?.length);
  return { name, total: partitions, ...(fits ? { replicas: placed } : {}) };
}
