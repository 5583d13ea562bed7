/** Longer than any browser takes to begin the download of something that is in memory already. */
const KEEP_MS = 60_000;

/** Hands a file to the person the way the host does it: a download in a browser, a "save as" on the desktop. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
