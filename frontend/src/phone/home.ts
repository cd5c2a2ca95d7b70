// The way home: a run as one packed file, through the phone's own share sheet or as a download. Nothing is sent.

import type { Keep, Run } from "./keep";

export const ENDING = ".jsonl.gz";

/** The bytes of a run's file: its head, then every line that was kept. */
export async function fileOf(keep: Keep, run: Run): Promise<File> {
  const lines = [JSON.stringify(run.head), ...(await keep.lines(run.id))];
  const stream = new Blob([`${lines.join("\n")}\n`]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(stream).arrayBuffer();
  return new File([bytes], nameOf(run), { type: "application/gzip" });
}

export function nameOf(run: Run): string {
  const at = new Date(run.startedMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `backward-${day}-${two(at.getHours())}${two(at.getMinutes())}${ENDING}`;
}

/** Hand a file over. Says whether it went: a share sheet that was closed sends nothing. */
export async function handOver(file: File): Promise<boolean> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title: file.name });
      return true;
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === "AbortError") return false;
      // A phone that can share but not this: the download is left.
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
