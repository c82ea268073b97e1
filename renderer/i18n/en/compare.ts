export const compare = {
  title: 'Compare',
  description: 'Two recovery points, or a point and the live cluster, entry by entry.',
  empty: {
    title: 'Nothing to compare yet',
    text: 'Recovery points are made by backups.',
  },
};
