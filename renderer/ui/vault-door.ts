import { createContext } from 'react';

/**
 * Opens the vault in front of the screen that stands there, so that what was typed into it stays. Undefined where no
 * frame offers it.
 */
export const VaultDoor = createContext<(() => void) | undefined>(undefined);
