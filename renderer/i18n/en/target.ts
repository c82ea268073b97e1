export const target = {
  kind: 'What kind',
  kinds: {
    cluster: 'Live cluster',
    point: 'Recovery point',
    file: 'Archive file',
  },
  live: 'live',
  undo: 'Undo point of',
  service: 'Service',
  choose: 'Choose…',
  noClusters: 'No clusters yet',
  noPoints: 'No recovery points yet',
  file: {
    label: 'Path of an archive file on the host',
    placeholder: '/var/backups/0_ZooKeeper_20260301020000.tar.gz',
    open: 'Open',
  },
  sealed: {
    title: 'This archive is sealed',
    text: 'It opens with its passphrase or one of its keys. What you give stays in this page until you leave it.',
    ways: 'It opens with: {ways}',
    passphrase: 'Passphrase',
    keyFile: 'Choose a key file',
    open: 'Open',
  },
};
