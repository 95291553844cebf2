// Schedules against the commands of their service: each runs one, and brings none that is there already.
import { commandOf } from "../model/schedules";
import { namedCommandsOf } from "../model/services";
import { type Check, problem } from "./check";
import { unknownName } from "./spelling";

export const checkSchedules: Check = ({ services, refused }) =>
  Object.entries(services).flatMap(([service, config]) => {
    // Nobody knows which commands there are to be.
    if (refused(`services.${service}.oneOffCommands`)) {
      return [];
    }
    const known = Object.keys(namedCommandsOf(config));
    return Object.entries(config.schedules ?? {}).flatMap(([key, { command }]) => {
      const path = `services.${service}.schedules.${key}.command`;
      const name = commandOf(key, { command });
      if (command !== undefined && typeof command !== "string") {
        const remedy = `Write "${key}", or choose another key: the service has a one-off command of this name already.`;
        return known.includes(key) ? [problem(path, command, remedy)] : [];
      }
      if (known.includes(name)) {
        return [];
      }
      return command === undefined
        ? [problem(path, null, `Give it a command: the service has no one-off command "${key}".`)]
        : [problem(path, name, unknownName("one-off command", name, known))];
    });
  });
