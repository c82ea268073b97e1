/** What stands where a secret stood. */
const HIDDEN = '***';

/** Names of members that hold secrets in our own data and in the settings of the services that we speak to. */
const SECRET_NAME =
  /pass(word|phrase|wd)?$|secret|token$|credential|private_?key|^authorization$|cookie|^hash$|^stamp$|jaas/i;

/** Texts that are secrets wherever they stand. */
const SECRET_TEXTS: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [
    /-----BEGIN [A-Z0-9 ]*(PRIVATE KEY|HOLDFAST)[A-Z0-9 ]*-----[\s\S]*?(-----END [A-Z0-9 -]*-----|$)/g,
    HIDDEN,
  ],
  [/\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:"']+:[^\s/@"']+@/gi, `$1${HIDDEN}@`],
  [/(#|[?&])(token|ticket|signature|x-amz-[a-z-]+)=[^\s&"']+/gi, `$1$2=${HIDDEN}`],
  [
    /((?:pass(?:word|phrase|wd)?|secret(?:[._-]?key)?|access[._-]?key|token|api[._-]?key)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;"'}\]]+)/gi,
    `$1${HIDDEN}`,
  ],
  [/\$argon2\w*\$[^\s"',]+/g, HIDDEN],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  // Tokens and sessions of a host: 256 bits as base64url. Digests are hexadecimal and stay.
  [/(?<![\w+/=-])(?![0-9a-f]{43}(?![\w-]))[\w-]{43}(?![\w+/=-])/g, HIDDEN],
];

/** A text without what looks like a secret. Rather too much is hidden than too little. */
export function redactText(text: string): string {
  return SECRET_TEXTS.reduce((shown, [pattern, replacement]) => shown.replace(pattern, replacement), text);
}

/** A value of JSON without what looks like a secret, by the names of its members and by its texts. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAME.test(name) && typeof member !== 'boolean' ? HIDDEN : redactValue(member),
    ]),
  );
}
