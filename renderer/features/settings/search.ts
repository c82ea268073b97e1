import { z } from 'zod';
import { auditOutcome } from '../../../shared/model/audit.ts';

export const SETTINGS_SECTIONS = ['general', 'vault', 'keys', 'users', 'audit', 'desktop', 'about'] as const;

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined);

/** `/settings`: the part that is shown; of the audit log also what it is narrowed to, days as `2026-03-01`. */
export const settingsSearch = z.object({
  section: z.enum(SETTINGS_SECTIONS).optional().catch(undefined),
  user: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  outcome: auditOutcome.optional().catch(undefined),
  from: day,
  to: day,
});
export type SettingsSearch = z.infer<typeof settingsSearch>;
