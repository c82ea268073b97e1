export const settings = {
  title: 'Settings',
  description: 'Vault, keys, storages and this program.',
  empty: {
    title: 'Nothing to set yet',
    text: 'Language and appearance are chosen at the top right.',
  },
};
