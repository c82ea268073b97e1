import type { ServerResponse } from 'node:http';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  // What is not our page has no business in being one.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What every answer carries, refusals too. A page replaces the policy by its own. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(EVERYWHERE)) response.setHeader(name, value);
}

/** The same as lines, for a socket that has no response yet. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = EVERYWHERE;

/** The policy of the renderer's page: everything from this host, and style elements that carry this reply's nonce. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
