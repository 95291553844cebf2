// Folders that stay writable while the container's root filesystem is read-only: an empty volume for each.

import type { Service } from "../schema/service";

/**
 * What ECS Exec's agent writes to. AWS does not list it; these are the two folders that its users found it to need
 * (aws/containers-roadmap, issue 1359): ECS mounts the agent's programs itself.
 */
const ECS_EXEC_FOLDERS = ["/var/lib/amazon", "/var/log/amazon"];

/** A volume of the task, empty at its start and gone with it, and where the container finds it. */
export interface WritableFolder {
  readonly volume: string;
  readonly path: string;
}

/** What of a container says which folders it writes to. */
export interface FolderSource extends Pick<Service, "writablePaths" | "executeCommand"> {
  /** A sidecar's name: its folders are its own. Default: the service's own container. */
  readonly sidecar?: string | undefined;
}

/** The writable folders of a container: those that it names, and those of ECS Exec where that is on. */
export function writableFolders({ writablePaths, executeCommand, sidecar }: FolderSource): WritableFolder[] {
  const all = new Set([...writablePaths, ...(executeCommand ? ECS_EXEC_FOLDERS : [])]);
  const owner = sidecar === undefined ? "" : `${sidecar}__`;
  return [...all].sort().map((path) => ({ path, volume: `${owner}${volumeName(path)}` }));
}

/**
 * A name of its own for every path, in the letters, digits, hyphens and underscores that ECS takes. An underscore stands alone here,
 * before a digit: no volume of a sidecar's (`nginx__tmp`), and none that is shared (`shared_static`), is called so.
 */
function volumeName(path: string): string {
  return path
    .slice(1)
    .replaceAll(/[^A-Za-z0-9/]/g, (character) => `_${character.charCodeAt(0).toString(16)}`)
    .replaceAll("/", "-");
}
