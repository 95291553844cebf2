// The connections that services open to the database, against how many it takes: judged where the file states both.
import { connectionsForServices, statedConnections } from "../model/connection-budget";
import { connects, mostTasks } from "../model/services";
import { MEMBER_KEYS } from "../schema/member-keys";
import { type Check, problem } from "./check";

export const checkConnections: Check = ({ services, database, refused }) => {
  const given = database?.parameters.max_connections;
  const room = database && given !== undefined ? connectionsForServices(database) : undefined;
  if (room === undefined || refused("database.parameters")) {
    return [];
  }
  const openers = Object.entries(services)
    .filter(([, service]) => connects(service, MEMBER_KEYS.database))
    .map(([key, service]) => ({ key, tasks: mostTasks(service), each: statedConnections(service) }))
    .filter(({ each, tasks }) => each * tasks > 0);
  const sum = openers.reduce((total, { tasks, each }) => total + tasks * each, 0);
  if (sum <= room) {
    return [];
  }
  const remedy =
    `Give more, or fewer processes, threads or tasks: services may open ${sum} connections ` +
    `(${openers.map(({ key, tasks, each }) => `${key} ${tasks} tasks of ${each}`).join(", ")}), and of these PostgreSQL ` +
    `leaves them ${room}.`;
  return [problem("database.parameters.max_connections", given, remedy)];
};
