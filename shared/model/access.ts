import { z } from 'zod';

/** Who may do what, one rule of an access control list: for faces that tell it in words. */
export const accessRule = z.object({
  effect: z.enum(['allow', 'deny']),
  /** How somebody is known: `world`, `digest`, `sasl`, `x509`, `ip`; `principal` for Kafka's. */
  scheme: z.string(),
  /** Who. Of digests only the user. */
  who: z.string(),
  /** Lower case: `read`, `write`, `create`, `delete`, `admin`, `describe`, `all`… */
  operations: z.array(z.string()),
  /** From where; absent: from anywhere. */
  from: z.string().optional(),
  /** What it is about, where the entry is not what it is about itself. */
  resource: z.object({ type: z.string(), name: z.string(), pattern: z.string() }).optional(),
});
export type AccessRule = z.infer<typeof accessRule>;
