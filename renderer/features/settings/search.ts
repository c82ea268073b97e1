import { z } from 'zod';

export const SETTINGS_SECTIONS = ['general', 'vault', 'keys', 'about'] as const;

/** `/settings`: the part that is shown. */
export const settingsSearch = z.object({
  section: z.enum(SETTINGS_SECTIONS).optional().catch(undefined),
});
