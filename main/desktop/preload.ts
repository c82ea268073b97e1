import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge } from '../../shared/desktop.ts';
import { CHANNELS } from './bridge/channels.ts';

const bridge: DesktopBridge = {
  settings: () => ipcRenderer.invoke(CHANNELS.settings),
  change: (choice) => ipcRenderer.invoke(CHANNELS.change, choice),
  speak: (locale) => ipcRenderer.invoke(CHANNELS.speak, locale),
  openDropped: async (file) => {
    await ipcRenderer.invoke(CHANNELS.openDropped, pathOf(file));
  },
  onHostBack: (listener) => {
    const heard = () => listener();
    ipcRenderer.on(CHANNELS.hostBack, heard);
    return () => void ipcRenderer.off(CHANNELS.hostBack, heard);
  },
};

/** Where a dropped file lies: only files that a person dropped have a path, a page cannot make one up. */
function pathOf(file: object): unknown {
  if (!(file instanceof File)) return undefined;
  // Electron 29 and later; before, the file itself had it.
  return webUtils === undefined ? Reflect.get(file, 'path') : webUtils.getPathForFile(file);
}

contextBridge.exposeInMainWorld('holdfast', bridge);
