// Files of the build folder, kept so that damage is noticed: whatever is not as it was written counts as absent.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

/** What a file must be like, to be told from a damaged one. */
export function sealOf(content) {
  return `${content.length} ${crc32(content)}`;
}

/** The file's content; `undefined` where it is absent or another than was sealed. */
export function readSealed(path, seal) {
  const content = read(path);
  return content !== undefined && sealOf(content) === seal ? content : undefined;
}

/** A document that carries its own seal; `undefined` where it is absent or damaged. */
export function readDocument(path) {
  const content = read(path)?.toString("utf8") ?? "";
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  return end > 0 && content.slice(0, end) === sealOf(Buffer.from(text)) ? JSON.parse(text) : undefined;
}

export function writeDocument(path, value) {
  const text = JSON.stringify(value, null, 1);
  write(path, `${sealOf(Buffer.from(text))}\n${text}`);
}

/** A reader sees the old file or the new one, never half of it, also where two builds run at once. */
export function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const incomplete = `${path}.${process.pid}`;
  writeFileSync(incomplete, content);
  renameSync(incomplete, path);
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
