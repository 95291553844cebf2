// Files of the build folder, kept so that damage is noticed: whatever is not as it was written counts as absent.
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { crc32 } = require("node:zlib");

/** What a file must be like, to be told from a damaged one. */
function sealOf(content) {
  return `${content.length} ${crc32(content)}`;
}

/** The file's content; `undefined` where it is absent or another than was sealed. */
function readSealed(path, seal) {
  const content = read(path);
  return content !== undefined && sealOf(content) === seal ? content : undefined;
}

/** A document that carries its own seal; `undefined` where it is absent or damaged. */
function readDocument(path) {
  const content = read(path)?.toString("utf8") ?? "";
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  return end > 0 && content.slice(0, end) === sealOf(Buffer.from(text)) ? JSON.parse(text) : undefined;
}

function writeDocument(path, value) {
  const text = JSON.stringify(value, null, 1);
  write(path, `${sealOf(Buffer.from(text))}\n${text}`);
}

/** A reader sees the old file or the new one, never half of it, also where two builds run at once. */
function write(path, content) {
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

module.exports = { sealOf, readSealed, readDocument, writeDocument, write };
