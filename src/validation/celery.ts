// Processes of Celery against what they use: a broker, and queues that hide a message for as long as a task takes.
import { connects } from "../model/services";
import { MEMBER_KEYS } from "../schema/member-keys";
import { type Check, problem } from "./check";

export const checkCelery: Check = ({ services, queues, refused }) =>
  Object.entries(services).flatMap(([key, service]) => {
    const { celery, consumesFrom, sendsTo } = service;
    if (celery === undefined) {
      return [];
    }
    if (consumesFrom.length + sendsTo.length === 0 && !connects(service, MEMBER_KEYS.cache)) {
      const remedy =
        "Give it a broker: a queue in consumesFrom (for beat in sendsTo), or redis in connectsTo. Or remove this.";
      return [problem(`services.${key}.celery`, celery, remedy)];
    }
    return consumesFrom.flatMap((queue) => {
      const hidden = queues?.[queue]?.visibilityTimeoutSeconds;
      const { longestTaskSeconds: longest = 1 } = celery;
      const path = `queues.${queue}.visibilityTimeoutSeconds`;
      if (hidden === undefined || refused(path) || hidden >= longest) {
        return [];
      }
      const remedy =
        `Give at least the ${longest} seconds that a task of "${key}" may take (celery.longestTaskSeconds; SQS takes 43200 at ` +
        "most): a second worker would get the task while the first still has it.";
      return [problem(path, hidden, remedy)];
    });
  });
