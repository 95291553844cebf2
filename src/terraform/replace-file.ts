// Writes a file so that a reader sees the old one or the new one, never half of it.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";

/** @throws the file system's error; nothing half-written is left then */
export function replaceFile(path: string, content: string | Buffer): void {
  makeFolder(dirname(path));
  const incomplete = `${path}.incomplete`;
  // What an earlier run was kept from finishing. Whatever is there now goes: a link, for one, leads to another file.
  if (lstatSync(incomplete, { throwIfNoEntry: false })) {
    unlinkSync(incomplete);
  }
  try {
    writeFileSync(incomplete, content, { flag: "wx" });
    renameSync(incomplete, path);
  } catch (error) {
    rmSync(incomplete, { force: true });
    // Node.js does not say of a full disk which file was written.
    throw Object.assign(Object(error), { path: Object(error).path ?? path });
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
  // Of what is there and is no folder, the error of making it says so.
  for (const each of missing.length > 0 ? missing : [folder]) {
    makeUnlessThere(each);
  }
}

/** Somebody else may make it at the same time. */
function makeUnlessThere(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw error;
    }
  }
}
