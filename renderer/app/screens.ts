import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconClipboardCheck,
  IconDatabase,
  IconHistory,
  IconLayoutDashboard,
  IconPlayerPlay,
  IconRestore,
  IconSearch,
  IconServer2,
  IconSettings,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/keys.ts';

export interface Screen {
  readonly to: NonNullable<LinkProps['to']>;
  readonly title: MessageKey;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Pressed after `g`. */
  readonly key: string;
}

/** The screens as the navigation shows them: first what is, then what is done with it. */
export const SCREEN_GROUPS: readonly (readonly Screen[])[] = [
  [
    { to: '/', title: 'overview:title', icon: IconLayoutDashboard, key: 'o' },
    { to: '/clusters', title: 'clusters:title', icon: IconServer2, key: 'c' },
    { to: '/tasks', title: 'tasks:title', icon: IconPlayerPlay, key: 't' },
    { to: '/runs', title: 'runs:title', icon: IconHistory, key: 'r' },
    { to: '/points', title: 'points:title', icon: IconRestore, key: 'p' },
    { to: '/storages', title: 'storages:title', icon: IconDatabase, key: 'a' },
  ],
  [
    { to: '/explore', title: 'explore:title', icon: IconSearch, key: 'e' },
    { to: '/compare', title: 'compare:title', icon: IconArrowsDiff, key: 'd' },
    { to: '/restore', title: 'restore:title', icon: IconArrowBackUp, key: 'b' },
    { to: '/verify', title: 'verify:title', icon: IconClipboardCheck, key: 'v' },
  ],
  [{ to: '/settings', title: 'settings:title', icon: IconSettings, key: 's' }],
];

export const SCREENS = SCREEN_GROUPS.flat();
