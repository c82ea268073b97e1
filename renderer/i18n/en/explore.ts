export const explore = {
  title: 'Explore',
  description: 'Look into a live cluster, a recovery point or an archive file.',
  empty: {
    title: 'Nothing opened',
    text: 'Choose what to look into.',
  },
};
