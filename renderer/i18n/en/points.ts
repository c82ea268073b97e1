export const points = {
  title: 'Recovery points',
  description: 'What can be gone back to.',
  empty: {
    title: 'No recovery points yet',
    text: 'Every backup leaves one.',
  },
};
