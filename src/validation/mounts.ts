// The mounts of containers against the file systems that there are, and against the other folders of the container.
import { containersOf } from "../model/containers";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";
import { unknownName } from "./spelling";

export const checkMounts: Check = ({ services, fileSystemKeys, declared }) => {
  // Where the section is no object at all, nobody knows which file systems it was to have.
  const isUnread = declared.has("fileSystems") && fileSystemKeys.length === 0;
  const add = `Add it to "fileSystems", or name one that is there: ${fileSystemKeys.join(", ") || "none"}.`;
  return Object.entries(services).flatMap(([key, service]) =>
    containersOf(key, service).flatMap(({ path: container, said }) => {
      const { mounts, writablePaths = [], sharedVolumes = {} } = said;
      const folders = [...writablePaths, ...Object.values(sharedVolumes).map((volume) => volume.path)];
      return mounts.flatMap(({ fileSystem, path }, index): Problem[] => {
        const at = `${container}.mounts[${index}]`;
        return [
          ...(fileSystemKeys.includes(fileSystem) || isUnread
            ? []
            : [
                problem(
                  `${at}.fileSystem`,
                  fileSystem,
                  unknownName("file system", fileSystem, fileSystemKeys, add),
                ),
              ]),
          ...(folders.some((folder) => folder.replace(/\/+$/, "") === path)
            ? [problem(`${at}.path`, path, "Choose another path: something else is there in this container.")]
            : []),
        ];
      });
    }),
  );
};
