/** Whose pages a link may open in the person's browser: the manuals of what is protected. */
const DOCUMENTATION = ['zookeeper.apache.org', 'kafka.apache.org'];

/** Whether an address belongs to the host that the window shows. Compared whole: scheme, name and port. */
export function isWithin(origin: string, url: string): boolean {
  try {
    const parsed = new URL(url);
    return ['http:', 'https:'].includes(parsed.protocol) && parsed.origin === origin;
  } catch {
    return false;
  }
}

/** The address to hand to the person's browser when a page wants to open it; undefined: to nobody. */
export function forBrowser(url: string): string | undefined {
  try {
    const { protocol, hostname, username, password, href } = new URL(url);
    const isKnown = protocol === 'https:' && DOCUMENTATION.includes(hostname);
    return isKnown && username === '' && password === '' ? href : undefined;
  } catch {
    return undefined;
  }
}

/** A message from a frame, as far as it tells who sent it. */
export interface Sender {
  readonly url: string;
  readonly isTopFrame: boolean;
}

/** Whether a message comes from the host's own page itself, not from a frame in it or from another page. */
export function isTrusted(origin: string | undefined, sender: Sender): boolean {
  return origin !== undefined && sender.isTopFrame && isWithin(origin, sender.url);
}
