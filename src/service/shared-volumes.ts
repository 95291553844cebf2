// Where a container finds what it shares with others of its task, and all volumes that a task's containers find.
import type { Service } from "../schema/service";
import { type FolderSource, type WritableFolder, writableFolders } from "./writable-folders";

/** What of a container says which of the task's volumes it finds. */
export interface VolumeSource extends FolderSource {
  readonly sharedVolumes?: Service["sharedVolumes"] | undefined;
}

/** The volumes that a container shares, by name: in whatever order a file has them, they are the same. */
export function sharedVolumes({
  sharedVolumes: shared = {},
}: Pick<VolumeSource, "sharedVolumes">): (WritableFolder & { readonly readOnly: boolean })[] {
  return Object.entries(shared)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { path, readOnly }]) => ({ path, readOnly, volume: `shared_${name}` }));
}

/** The names of the volumes that containers of one task find, each once. */
export function volumesOf(containers: readonly VolumeSource[]): string[] {
  const all = containers.flatMap((container) => [...writableFolders(container), ...sharedVolumes(container)]);
  return [...new Set(all.map(({ volume }) => volume))];
}
