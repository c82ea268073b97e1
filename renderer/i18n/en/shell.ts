export const shell = {
  skip: 'Skip to content',
  navigation: 'Screens',
  language: 'Language',
  signOut: 'Sign out',
  scheme: {
    label: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    auto: 'As the system',
  },
  palette: {
    open: 'Search and commands',
    placeholder: 'Go to a screen, cluster, task or recovery point',
    nothing: 'Nothing found',
    screens: 'Screens',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
  },
  connection: {
    lost: 'Not connected to the host. Trying again…',
    now: 'Try now',
    mismatch: 'The host now runs another version.',
    reload: 'Reload',
  },
  signIn: {
    byUser: 'Name and password',
    byLink: 'Link',
    linkHelp: 'Paste the link that "holdfast serve" printed, or only its token.',
    link: 'Link or token',
    submit: 'Sign in',
    user: 'User',
    password: 'Password',
  },
  notFound: {
    title: 'Not found',
    heading: 'There is no such screen',
    text: 'The address may be mistyped, or from another version.',
    home: 'To the overview',
  },
  screenFailed: 'This screen failed',
};
