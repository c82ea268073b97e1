/** Names of the messages between the page and the program; the only ones that the preload script sends or hears. */
export const CHANNELS = {
  settings: 'holdfast:settings',
  change: 'holdfast:change',
  speak: 'holdfast:speak',
  openDropped: 'holdfast:open-dropped',
  hostBack: 'holdfast:host-back',
} as const;
