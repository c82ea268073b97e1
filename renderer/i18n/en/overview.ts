export const overview = {
  title: 'Overview',
  description: 'What is protected, what is not, and what needs a look.',
  addCluster: 'Add a cluster',
  attention: {
    title: 'Needs attention',
    none: 'Nothing. Every task is on time and every service is backed up.',
    overdue: 'of {cluster} is overdue: no good recovery point since it was due',
    failed: 'of {cluster}: the last run did not end well',
    unprotected: '{service} is in no task: nothing of it is backed up',
    full: 'is nearly full: {free} left',
    run: 'See the run',
    protect: 'Protect it',
  },
  running: 'Running now',
  follow: 'Follow',
  next: 'Next runs',
  column: {
    cluster: 'Cluster',
    protected: 'Protected',
    lastGood: 'Last good point',
    lastRun: 'Last run',
    next: 'Next run',
  },
  protected: '{done} of {all} services',
  storages: 'Storages',
  storage: {
    fill: 'How full {name} is',
    unknown: 'Free space is not known',
    free: '{free} free, {used} used',
    archives_one: '{count} archive, {size}',
    archives_other: '{count} archives, {size}',
  },
  first: {
    welcome:
      'Holdfast backs up and restores what a cluster cannot be rebuilt without: the metadata of ZooKeeper and Kafka. Nothing is set up yet. Begin with one of these:',
    cluster: {
      title: 'Protect a cluster',
      text: 'Say how its ZooKeeper or Kafka is reached. The connection is tested before anything is saved.',
    },
    archive: {
      title: 'Open an archive',
      text: 'Look into an archive file of Holdfast, without a cluster or any set-up.',
      action: 'Choose an archive',
    },
    demo: {
      title: 'Try the demo',
      text: 'A real ZooKeeper on this machine with backups to look at. In the project folder run:',
    },
  },
};
