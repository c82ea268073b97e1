export const desktop = {
  title: 'The desktop program',
  inBrowser: 'This is for the desktop program. You are looking at Holdfast in a browser.',
  startAtLogin: 'Start when I sign in to this computer',
  startAtLoginHelp: 'In the tray, without a window. Scheduled tasks run as long as the program does.',
  closing: {
    label: 'Closing the window',
    help: 'Quitting from the menu or the tray always ends the program and its host.',
    running: 'Stays in the tray while runs go on, else ends the program',
    always: 'Always stays in the tray',
  },
  updates: {
    label: 'Releases to update to',
    on: 'Looked for once a day; installed when the program quits.',
    off: 'Off: no place for updates is set in the program’s preferences.',
    latest: 'Finished releases',
    beta: 'Previews too',
  },
};
