export const storages = {
  title: 'Storages',
  description: 'Where archives are kept: directories and buckets.',
  account: 'The account that Holdfast needs here',
  secretSet: 'Set, kept in the vault',
  contentSet: 'Set',
  empty: {
    title: 'No storages yet',
    text: 'Add the directory or bucket that backups are written to. It is tried before it is saved.',
  },
  field: {
    name: 'Name',
    driver: 'Kind',
    place: 'Where',
    fill: 'Free space',
    archives: 'Archives',
    created: 'Added',
    rescanned: 'Last rescan',
  },
  neverRescanned: 'Never',
  help: {
    name: 'What you call it.',
  },
  fill: {
    label: 'How full {name} is',
    free: '{free} free',
    unknown: 'Not known',
    unreachable: 'Cannot be reached',
    archives: '{count} · {size}',
  },
  add: {
    title: 'Add a storage',
    finish: 'Add the storage',
  },
  edit: {
    title: 'Change',
    save: 'Save',
  },
  probe: {
    action: 'Try it first',
  },
  validate: {
    action: 'Validate',
    title: 'Validation',
    text: 'Test objects are written, read, listed and removed, to prove that the storage keeps its promises. Archives are not touched.',
  },
  rescan: {
    action: 'Rescan',
    title: 'Rescan',
    start: 'Rescan now',
    text: 'Reads what the storage holds into the catalog: tasks, recovery points and archives, also those of another installation. What a crash left unfinished is put right.',
    found: '{tasks} tasks, {points} recovery points, {archives} archives',
    isSound: 'All as it was written',
    isDamaged: 'Damaged',
    damaged: 'Not as it was written',
    notes: 'To be known',
    repaired: 'Put right',
  },
  remove: {
    title: 'Remove',
    action: 'Remove the storage',
    text: 'Holdfast forgets the storage and the recovery points in it. What lies there stays as it is; a rescan finds it again.',
  },
};
