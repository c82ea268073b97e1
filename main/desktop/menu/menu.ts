import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../../shared/errors/text.ts';
import { TEXTS } from '../texts.ts';

/** What the menu does beyond what Electron does by itself. */
export interface MenuActions {
  openArchive(): void;
  /** Shows the host's page at an address. */
  go(address: string): void;
  back(): void;
  forward(): void;
  checkForUpdates(): void;
  quit(): void;
}

const SCREENS = [
  ['overview', '/'],
  ['clusters', '/clusters'],
  ['tasks', '/tasks'],
  ['runs', '/runs'],
  ['points', '/points'],
  ['explore', '/explore'],
  ['restore', '/restore'],
] as const;

/** The application's menu. */
export function menuTemplate(
  language: Language,
  platform: string,
  hasUpdateFeed: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const quit = { label: TEXTS.quit[language], accelerator: 'CmdOrCtrl+Q', click: () => actions.quit() };
  const settings = {
    label: TEXTS.settings[language],
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.go('/settings'),
  };
  const about = { label: TEXTS.about[language], click: () => actions.go('/settings?section=about') };
  const updates = {
    label: TEXTS.checkForUpdates[language],
    enabled: hasUpdateFeed,
    click: () => actions.checkForUpdates(),
  };
  const isMac = platform === 'darwin';
  const separator = { type: 'separator' } as const;
  const own = [about, updates, separator, settings, separator, quit];
  return [
    ...(isMac ? [{ label: 'Holdfast', submenu: own }] : []),
    { label: TEXTS.file[language], submenu: [...fileItems(language, actions), ...(isMac ? [] : own)] },
    { label: TEXTS.edit[language], submenu: editItems(language) },
    { label: TEXTS.view[language], submenu: viewItems(language, actions) },
    {
      label: TEXTS.go[language],
      submenu: SCREENS.map(([name, address], index) => ({
        label: TEXTS[name][language],
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.go(address),
      })),
    },
  ];
}

function fileItems(language: Language, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    {
      label: TEXTS.openArchive[language],
      accelerator: 'CmdOrCtrl+O',
      click: () => actions.openArchive(),
    },
    { label: TEXTS.closeWindow[language], accelerator: 'CmdOrCtrl+W', role: 'close' },
    { type: 'separator' },
  ];
}

function editItems(language: Language): MenuItemConstructorOptions[] {
  return (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({
    role,
    label: TEXTS[role][language],
  }));
}

function viewItems(language: Language, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    { label: TEXTS.back[language], accelerator: 'Alt+Left', click: () => actions.back() },
    { label: TEXTS.forward[language], accelerator: 'Alt+Right', click: () => actions.forward() },
    { role: 'reload', label: TEXTS.reload[language] },
    { type: 'separator' },
    { role: 'zoomIn', label: TEXTS.zoomIn[language] },
    { role: 'zoomOut', label: TEXTS.zoomOut[language] },
    { role: 'resetZoom', label: TEXTS.actualSize[language] },
    { role: 'togglefullscreen', label: TEXTS.fullScreen[language] },
  ];
}
