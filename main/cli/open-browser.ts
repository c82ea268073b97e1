import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import open from 'open';

const PAGE = 'open.html';
/** Milliseconds in which a browser has surely read the page. */
const READ_WITHIN = 30_000;

/**
 * See {@link World.openBrowser}. The page is only for this user, as the host's token beside it is; it goes when it has
 * been read, or stays when this process ends before.
 */
export async function openBrowser(
  link: string,
  folder: string,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (!hasScreen(platform, env)) return false;
  const page = join(folder, PAGE);
  await writeFile(page, pageTo(link), { mode: 0o600 });
  await chmod(page, 0o600);
  setTimeout(() => void rm(page, { force: true }), READ_WITHIN).unref();
  try {
    const browser = await open(pathToFileURL(page).href);
    browser.on('error', () => {});
    return true;
  } catch {
    await rm(page, { force: true });
    return false;
  }
}

function hasScreen(platform: string, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform !== 'linux') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY, env.WSL_DISTRO_NAME].some(
    (name) => name !== undefined && name !== '',
  );
}

function pageTo(link: string): string {
  const target = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html>\n<meta charset="utf-8">\n<meta http-equiv="refresh" content="0;url=${target}">\n<title>Holdfast</title>\n`;
}
