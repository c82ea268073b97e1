export const tasks = {
  title: 'Tasks',
  description: 'What is backed up, where to, and when.',
  empty: {
    title: 'No tasks yet',
    text: 'A task says which services are backed up to which storage, and when.',
  },
};
