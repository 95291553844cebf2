// A file is replaced as a whole, and nothing is written where nobody meant it.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileProblem } from "../../src/project/file-problem";
import { makeFolder, replaceFile } from "../../src/terraform/replace-file";

const folder = mkdtempSync(join(tmpdir(), "replace-file-"));
afterAll(() => rmSync(folder, { recursive: true }));
const inside = (...path: string[]) => join(folder, ...path);

function thrownBy(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

it("makes the folders that are missing, however many", () => {
  replaceFile(inside("a", "b", "c", "file"), "new");
  replaceFile(inside("a", "b", "c", "file"), "newer");
  expect(readFileSync(inside("a", "b", "c", "file"), "utf8")).toBe("newer");
});

it("leaves nothing half-written, and says which file it was", () => {
  mkdirSync(inside("taken"));
  writeFileSync(inside("taken", "x"), "");
  const error = thrownBy(() => replaceFile(inside("taken"), "new"));
  expect(fileProblem(error)).toBe(
    `"${inside("taken")}" cannot be read or written (EISDIR): there is a folder where a file should be, so move it away.`,
  );
  expect(readdirSync(folder)).not.toContain("taken.incomplete");
});

it("replaces a link by a file, and writes into nothing that a link leads to", () => {
  writeFileSync(inside("precious"), "mine");
  symlinkSync(inside("precious"), inside("linked"));
  symlinkSync(inside("precious"), inside("linked.incomplete"));
  replaceFile(inside("linked"), "new");
  expect([inside("precious"), inside("linked")].map((file) => readFileSync(file, "utf8"))).toEqual([
    "mine",
    "new",
  ]);
});

it.each([
  ["a file", ["file-in-the-way", "folder"], join("file-in-the-way", "folder"), "ENOTDIR"],
  ["a link to nowhere", ["nowhere", "folder"], "nowhere", "EEXIST"],
])("says of %s in the way of a folder that it is", (_, path, culprit, code) => {
  writeFileSync(inside("file-in-the-way"), "");
  if (!existsSync(inside("gone")) && culprit === "nowhere") {
    symlinkSync(inside("gone"), inside("nowhere"));
  }
  expect(fileProblem(thrownBy(() => makeFolder(inside(...path))))).toBe(
    `"${inside(culprit)}" cannot be read or written (${code}): there is a file where a folder should be, so move it away, or name another folder.`,
  );
});

// Node.js itself would go on for ever.
(existsSync("/proc") ? it : it.skip)("gives up where no folder can be made", () => {
  expect(fileProblem(thrownBy(() => makeFolder("/proc/none/folder")))).toMatch(
    /^"\/proc\/none" cannot be read or written/,
  );
});

it.each([
  [{ code: "ENOSPC", syscall: "write" }, "A file cannot be written (ENOSPC): make room on the disk."],
  [
    { code: "EDQUOT", syscall: "write" },
    "A file cannot be written (EDQUOT): make room: your share of the disk is used up.",
  ],
  [
    { code: "ENOSPC", syscall: "write", path: "cdktf.out/environment" },
    '"cdktf.out/environment" cannot be read or written (ENOSPC): make room on the disk.',
  ],
  [
    { code: "EROFS", syscall: "mkdir", path: "/ro/out" },
    '"/ro/out" cannot be read or written (EROFS): name a folder that can be written to.',
  ],
  [{ code: "EPIPE", syscall: "write" }, undefined],
  [{ code: "ECONNRESET", syscall: "read" }, undefined],
])("%j is a sentence, if it is about a file", (error, sentence) => {
  expect(fileProblem(error)).toBe(sentence);
});
