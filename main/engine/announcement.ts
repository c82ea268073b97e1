import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The file in a data directory in which a host says where it is. */
export const ANNOUNCEMENT_FILE = 'host.json';

/** Where a host says it is, in the file and on its first line. */
export const hostAddress = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** File that holds its token. */
  tokenFile: z.string(),
});
export type HostAddress = z.infer<typeof hostAddress>;

const announcementFile = hostAddress.extend({
  /** Version of the contract that it speaks. */
  contract: z.int(),
  pid: z.int(),
  hostName: z.string(),
});
export type FoundAnnouncement = z.infer<typeof announcementFile>;

/**
 * What the last host of the data directory announced; undefined when there is nothing, or nothing that can be read.
 * A host that was killed took nothing back: whoever needs to know asks the lock, or the host.
 */
export async function readAnnouncement(root: string): Promise<FoundAnnouncement | undefined> {
  try {
    return announcementFile.safeParse(JSON.parse(await readFile(join(root, ANNOUNCEMENT_FILE), 'utf8'))).data;
  } catch {
    return undefined;
  }
}
