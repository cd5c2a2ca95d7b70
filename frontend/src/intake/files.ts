// Files out of a drop: single ones, and folders with all that is in them.

import { isNoise } from "./entries";

export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first wait: the browser empties the transfer after the event.
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const found: File[] = [];
  for (const entry of entries) {
    if (entry instanceof File) found.push(entry);
    else if (entry !== null) await walk(entry, found);
  }
  return found.filter((file) => !isNoise(file.name));
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (isNoise(entry.fullPath)) return;
  if (entry.isFile) found.push(await fileOf(entry as FileSystemFileEntry));
  else for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await walk(child, found);
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((done, failed) => entry.file(done, failed));
}

/** A directory is read in portions of a hundred until a portion is empty. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
