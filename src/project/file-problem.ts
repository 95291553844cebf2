// What a person is told where a file or a folder is not as a command needs it.

/** What to do, by the code of the system's error: Node.js API, "Common system errors". */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: "give yourself the permission, or name another folder",
  EPERM: "give yourself the permission, or name another folder",
  EROFS: "name a folder that can be written to",
  ENOENT: "make sure that its folder is there, or name another one",
  ENOTDIR: "there is a file where a folder should be, so move it away, or name another folder",
  EEXIST: "there is a file where a folder should be, so move it away, or name another folder",
  EISDIR: "there is a folder where a file should be, so move it away",
  ERR_FS_EISDIR: "there is a folder where a file should be, so move it away",
  ENOSPC: "make room on the disk",
  EDQUOT: "make room: your share of the disk is used up",
  EFBIG: "allow larger files, or name another folder",
};

/** The sentence for an error of the file system; `undefined` for any other error. */
export function fileProblem(error: unknown): string | undefined {
  const { code, syscall, path, dest = path }: Readonly<Record<string, unknown>> = Object(error);
  // A program that cannot be started is named by a path, too.
  if (typeof code !== "string" || typeof syscall !== "string" || syscall.startsWith("spawn")) {
    return undefined;
  }
  const remedy = REMEDIES[code] ?? "make sure that it can be";
  if (typeof dest === "string") {
    return `"${dest}" cannot be read or written (${code}): ${remedy}.`;
  }
  // Node.js does not say which file it was at; a pipe or a connection has other codes.
  const verb = { read: "read", write: "written" }[syscall];
  return verb !== undefined && code in REMEDIES
    ? `A file cannot be ${verb} (${code}): ${remedy}.`
    : undefined;
}
