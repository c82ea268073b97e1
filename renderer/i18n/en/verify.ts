export const verify = {
  title: 'Verify',
  description: 'Whether archives are what was written.',
  empty: {
    title: 'Nothing to verify yet',
    text: 'Archives are made by backups.',
  },
};
