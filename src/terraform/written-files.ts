// Which files of a stack's folder a synth has written, and may overwrite or remove: any other is somebody else's.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Manifest } from "cdktf";

/** The configuration as JSON, and the HCL file that CDKTF's command looks for. */
export const JSON_FILE = "cdk.tf.json";
export const HCL_FILE = "cdk.tf";

/** How each other file of a synth begins. */
const MARK = "# Written by a synth of this stack, which overwrites it.\n";

/** The same in Markdown. */
const PAGE_MARK = "<!-- Written by a synth of this stack, which overwrites it. -->\n";

/** The page beside a child module. */
export const README_FILE = "README.md";

/** The text of a file as a synth writes it. */
export function marked(name: string, text: string): string {
  const mark = markOf(name);
  return text === "" ? mark : `${mark}\n${text}`;
}

function markOf(name: string): string {
  return name === README_FILE ? PAGE_MARK : MARK;
}

/** The files of a folder that are a synth's. */
export function writtenFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => isWritten(folder, name)) : [];
}

/** Whether a file of a folder is a synth's. */
export function isWritten(folder: string, name: string): boolean {
  if (name === JSON_FILE) return true;
  if (name === Manifest.stackMetadataPath) return isMetadata(join(folder, name));
  // Those of older versions have no mark, and CDKTF's metadata beside them.
  if (name === HCL_FILE && isMetadata(join(folder, Manifest.stackMetadataPath))) return true;
  return (
    (name.endsWith(".tf") || name === README_FILE) &&
    readFileSync(join(folder, name), "utf8").startsWith(markOf(name))
  );
}

/** Whether a file is what CDKTF writes beside HCL: comments of JSON, by which stacks are known. */
function isMetadata(file: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8").includes('"stackName":');
}

/** Whether a folder holds a stack's configuration, in either format. */
export function holdsStack(folder: string): boolean {
  return [JSON_FILE, HCL_FILE].some((name) => existsSync(join(folder, name)));
}

/** All HCL that a synth has written into a folder. */
export function writtenHcl(folder: string): string {
  return writtenFiles(folder)
    .filter((name) => name.endsWith(".tf"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
