export const runs = {
  title: 'Runs',
  description: 'Every backup and restore, now and before.',
  empty: {
    title: 'No runs yet',
    text: 'Runs appear here once a task has been started.',
  },
};
