// Writes a file so that a reader sees the old one or the new one, never half of it.
import { mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";

/** @param write writes the new content to the path that it is given */
export function replaceFile(path: string, write: (path: string) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const incomplete = `${path}.incomplete`;
  write(incomplete);
  renameSync(incomplete, path);
}
