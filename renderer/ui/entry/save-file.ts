/** What some file system does not take in a name. */
const AWKWARD = /[\p{Cc}\p{Cf}\\/:*?"<>|]/gu;

/** Hands a file to the browser, which asks where to, or puts it to the other downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(AWKWARD, '_');
  link.click();
  URL.revokeObjectURL(url);
}
