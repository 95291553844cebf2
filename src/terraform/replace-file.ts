// Writes a file so that a reader sees the old one or the new one, never half of it.
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** @throws the file system's error; nothing half-written is left then */
export function replaceFile(path: string, content: string | Buffer): void {
  makeFolder(dirname(path));
  const incomplete = `${path}.incomplete`;
  // What an earlier run was kept from finishing. Whatever is there now goes: a link, for one, leads to another file.
  rmSync(incomplete, { force: true });
  try {
    writeFileSync(incomplete, content, { flag: "wx" });
    renameSync(incomplete, path);
  } catch (error) {
    rmSync(incomplete, { force: true });
    throw error;
  }
}

/** Makes a folder, and those that it stands in. (Where Node.js is told to do that, it tries for ever in some places, as in /proc.) */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let folder = resolve(path);
  while (!existsSync(folder)) {
    missing.unshift(folder);
    folder = dirname(folder);
  }
  if (!statSync(folder).isDirectory()) {
    // Says what is in the way.
    mkdirSync(folder);
  }
  for (const each of missing) {
    mkdirSync(each);
  }
}
