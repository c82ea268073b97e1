export const restore = {
  title: 'Restore',
  description: 'Bring a cluster back to a recovery point, seeing every change before it is made.',
  empty: {
    title: 'Nothing to restore from yet',
    text: 'Recovery points are made by backups.',
  },
};
